package host

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/headfast/headfast/jsbridge/msg"
)

// exchange performs one HTTP effect: Head, any number of Body, exactly one End.
type exchange struct {
	client   *Client
	http     *msg.HTTP
	progress *progress
}

// pieceSize is how much of a response is read at once, in bytes.
const pieceSize = 64 << 10

var pieces = sync.Pool{New: func() any { b := make([]byte, pieceSize); return &b }}

func (x *exchange) run(ctx context.Context) {
	ctx, x.progress = follow(ctx)
	ctx, err := x.admit(ctx)
	if err != nil {
		x.end(&msg.Failure{Kind: msg.FailPrivate, Detail: err.Error()})
		return
	}
	request, err := x.request(ctx)
	if err != nil {
		// The error quotes the URL, which may hold a key.
		x.end(&msg.Failure{Kind: msg.FailUnsupported, Detail: "net/http cannot use this URL"})
		return
	}
	if p := x.http.Proof; p != nil {
		proof, err := x.client.proofHeader(ctx, p)
		if err != nil {
			x.end(&msg.Failure{Kind: keyKind(err), Detail: err.Error()})
			return
		}
		request.Header.Set("DPoP", proof)
	}
	response, err := x.client.options.Transport.RoundTrip(request)
	x.client.met(x.http, x.progress.seen())
	if err != nil {
		x.end(classify(ctx, err, x.progress.seen()))
		return
	}
	defer response.Body.Close()
	if tooMany(response.Header) {
		x.end(&msg.Failure{Kind: msg.FailLimit, Detail: "more than 1024 header fields", Sent: true})
		return
	}
	if refused := x.proxyRefused(response); refused != nil {
		x.end(refused)
		return
	}
	x.answer(ctx, response)
}

// answer hands over the head, and then the content.
func (x *exchange) answer(ctx context.Context, response *http.Response) {
	head := msg.Input{Head: &msg.Head{ID: x.http.ID, Status: uint32(response.StatusCode), Headers: headers(response.Header)}}
	coding := codingOf(response.Header)
	if n := response.ContentLength; n >= 0 && n <= pieceSize && coding == "" && complete(response) {
		x.whole(ctx, head, response.Body, int(n))
		return
	}
	x.client.queue.push(nil, head)
	if coding == "" {
		x.stream(ctx, response.Body)
		return
	}
	body, err := unfolded(coding, response.Body)
	if err != nil {
		x.client.queue.push(nil, x.ending(ctx, err))
		return
	}
	x.stream(ctx, body)
}

// complete says that nothing can be made of an answer before all of it is there: then head and content are one step.
func complete(response *http.Response) bool {
	return response.StatusCode < 300 && strings.HasPrefix(response.Header.Get("Content-Type"), "application/json")
}

// proxyRefused is a proxy's own answer to a plain request that it did not pass on: only a proxy may answer 407.
func (x *exchange) proxyRefused(response *http.Response) *msg.Failure {
	seen := x.progress.seen()
	if response.StatusCode != http.StatusProxyAuthRequired || seen.proxy == "" {
		return nil
	}
	return &msg.Failure{Kind: msg.FailProxy, Detail: proxyTrouble(seen, &proxyRefused{response.StatusCode})}
}

func (x *exchange) request(ctx context.Context) (*http.Request, error) {
	var body io.Reader
	if len(x.http.Body) > 0 {
		body = bytes.NewReader(x.http.Body)
	}
	request, err := http.NewRequestWithContext(ctx, x.http.Method, x.http.URL, body)
	if err != nil {
		return nil, err
	}
	// net/http would send the body again over a new connection when an idle one breaks; whether a
	// request is sent again is the core's to decide.
	request.GetBody = nil
	for _, h := range x.http.Headers {
		request.Header[http.CanonicalHeaderKey(h.Name)] = append(request.Header[http.CanonicalHeaderKey(h.Name)], h.Value)
	}
	if request.Header["User-Agent"] == nil {
		request.Header["User-Agent"] = []string{userAgent}
	}
	// A stream that is compressed on its way comes late, and content that is not cannot be a bomb.
	if request.Header["Accept-Encoding"] == nil {
		request.Header["Accept-Encoding"] = []string{"identity"}
	}
	return request, nil
}

// whole reads a short response to its end and hands all of it over in one step.
func (x *exchange) whole(ctx context.Context, head msg.Input, body io.Reader, n int) {
	buffer := pieces.Get().(*[]byte)
	n, err := io.ReadFull(body, (*buffer)[:n])
	inputs := []msg.Input{head}
	if n > 0 {
		inputs = append(inputs, msg.Input{Body: &msg.Body{ID: x.http.ID, Data: (*buffer)[:n]}})
	}
	inputs = append(inputs, x.ending(ctx, err))
	x.client.queue.push(func() { pieces.Put(buffer) }, inputs...)
}

// stream hands a response over piece by piece. A piece is read when the one before it has been stepped
// and its messages are delivered: that is the backpressure.
func (x *exchange) stream(ctx context.Context, body io.Reader) {
	buffer := pieces.Get().(*[]byte)
	defer pieces.Put(buffer)
	taken := make(chan struct{}, 1)
	for {
		n, err := body.Read(*buffer)
		if n > 0 {
			piece := msg.Input{Body: &msg.Body{ID: x.http.ID, Data: (*buffer)[:n]}}
			if !x.client.queue.push(func() { taken <- struct{}{} }, piece) {
				return
			}
			<-taken
			x.client.waitForRoom(ctx, x.http.ID)
		}
		if err != nil {
			x.client.queue.push(nil, x.ending(ctx, err))
			return
		}
	}
}

func (x *exchange) ending(ctx context.Context, err error) msg.Input {
	end := &msg.End{ID: x.http.ID}
	if err != nil && err != io.EOF {
		end.Failure = classify(ctx, err, x.progress.seen())
	}
	return msg.Input{End: end}
}

func (x *exchange) end(f *msg.Failure) {
	x.client.queue.push(nil, msg.Input{End: &msg.End{ID: x.http.ID, Failure: f}})
}

// maxFields bounds the header fields of a response.
const maxFields = 1024

func tooMany(h http.Header) bool {
	n := 0
	for _, values := range h {
		n += len(values)
	}
	return n > maxFields
}

func headers(h http.Header) []msg.Header {
	out := make([]msg.Header, 0, len(h))
	for name, values := range h {
		for _, v := range values {
			out = append(out, msg.Header{Name: name, Value: v})
		}
	}
	return out
}
