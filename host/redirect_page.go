package host

import (
	"html"
	"net/http"
	"strings"
)

// page answers with one of a few constant pages: nothing of the request is in them, so that nothing can be put into
// them.
func page(w http.ResponseWriter, status int, server string) {
	title, text := "Not found", "There is nothing here."
	switch status {
	case http.StatusOK:
		title, text = "Back to Headfast", "Your answer for “"+server+"” has arrived. Headfast goes on by itself and tells how it ended: you can close this page."
	case http.StatusBadRequest:
		title, text = "Not this sign-in", "This is not the answer to a sign-in that Headfast has begun. Nothing was done with it."
	case http.StatusConflict:
		title, text = "Already done", "This sign-in is over. You can close this page."
	case http.StatusMethodNotAllowed:
		title, text = "Not allowed", "Only a page can be asked for here."
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(strings.NewReplacer("TITLE", html.EscapeString(title), "TEXT", html.EscapeString(text)).Replace(pageText)))
}

const pageText = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>TITLE - Headfast</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1rem}</style>
<h1>TITLE</h1>
<p>TEXT</p>
`
