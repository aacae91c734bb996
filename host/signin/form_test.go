package signin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// fill sends the page's form, or presses what stands for one.
func (w *walker) fill() (*http.Request, error) {
	page, err := html.Parse(strings.NewReader(w.Body))
	if err != nil {
		return nil, err
	}
	if w.denied {
		return nil, nil // it was the last word
	}
	if w.who.Denies {
		if r, err := w.deny(page); r != nil || err != nil {
			w.denied = true
			return r, err
		}
	}
	if form := find(page, "form", everyNode); len(form) > 0 {
		return w.submit(page, form[0], nil)
	}
	if buttons := find(page, "button", everyNode); len(buttons) > 0 {
		return w.press(buttons[0])
	}
	return nil, nil
}

var no = regexp.MustCompile(`(?i)cancel|abort|deny`)

func (w *walker) deny(page *html.Node) (*http.Request, error) {
	says := func(n *html.Node) bool { return no.MatchString(text(n)) }
	for _, link := range find(page, "a", says) {
		return w.get(attr(link, "href"))
	}
	for _, button := range find(page, "button", says) {
		if attr(button, "onclick") != "" {
			return w.press(button)
		}
		for _, form := range find(page, "form", everyNode) {
			return w.submit(page, form, button)
		}
	}
	return nil, nil
}

var location = regexp.MustCompile(`location\.href\s*=\s*'([^']+)'`)

// press is for a button whose script leads elsewhere, as on zitadel's page for devices.
func (w *walker) press(button *html.Node) (*http.Request, error) {
	to := location.FindStringSubmatch(attr(button, "onclick"))
	if to == nil {
		return nil, nil
	}
	return w.get(to[1])
}

func (w *walker) get(to string) (*http.Request, error) {
	u, err := w.URL.Parse(to)
	if err != nil {
		return nil, err
	}
	return http.NewRequest(http.MethodGet, u.String(), nil)
}

// submit sends a form by a button, the form's first where it is nil (HTML, "Form submission").
func (w *walker) submit(page, form, button *html.Node) (*http.Request, error) {
	if !strings.EqualFold(attr(form, "method"), "post") {
		return nil, fmt.Errorf("a form with method %q", attr(form, "method"))
	}
	own := func(n *html.Node) bool {
		return attr(n, "form") != "" && attr(n, "form") == attr(form, "id") || within(n, form)
	}
	values := url.Values{}
	for _, input := range find(page, "input", own) {
		values.Add(attr(input, "name"), w.value(input))
	}
	if buttons := find(page, "button", own); button == nil && len(buttons) > 0 {
		button = buttons[0]
	}
	if button != nil && attr(button, "name") != "" {
		values.Add(attr(button, "name"), attr(button, "value"))
	}
	to, err := w.URL.Parse(attr(form, "action"))
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequest(http.MethodPost, to.String(), strings.NewReader(values.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", w.home)
	}
	return r, err
}

// value is what the person writes into a field.
func (w *walker) value(input *html.Node) string {
	switch {
	case attr(input, "value") != "" || attr(input, "type") == "hidden":
		return attr(input, "value")
	case strings.Contains(attr(input, "name"), "password"):
		return w.who.Password
	default:
		return w.who.Login
	}
}

func everyNode(*html.Node) bool { return true }

// find gives the elements of a name, in the page's order.
func find(in *html.Node, name string, these func(*html.Node) bool) (out []*html.Node) {
	for n := range in.Descendants() {
		if n.Type == html.ElementNode && n.Data == name && these(n) {
			out = append(out, n)
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(in *html.Node) string {
	var all strings.Builder
	for n := range in.Descendants() {
		if n.Type == html.TextNode {
			all.WriteString(n.Data)
		}
	}
	return all.String()
}

func within(n, parent *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == parent {
			return true
		}
	}
	return false
}
