package signin_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"time"
)

// which picks requests.
type which func(*http.Request) bool

// isPath picks a path.
func isPath(path string) which { return func(r *http.Request) bool { return r.URL.Path == path } }

// every picks all.
func every(*http.Request) bool { return true }

// failing answers in the server's stead.
func failing(these which, status int, contentType, body string) wedge {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if !these(r) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// dropping closes the connection; the server hears nothing.
func dropping(these which) wedge {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if these(r) {
			drop()
		}
		next.ServeHTTP(w, r)
	}
}

// losing has the server do its work and loses the answer.
func losing(these which) wedge {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if these(r) {
			next.ServeHTTP(httptest.NewRecorder(), r)
			drop()
		}
		next.ServeHTTP(w, r)
	}
}

// slow makes the server late.
func slow(these which, by time.Duration) wedge {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if these(r) {
			select {
			case <-time.After(by):
			case <-r.Context().Done():
			}
		}
		next.ServeHTTP(w, r)
	}
}

// changing has a test change what the server answers.
func changing(these which, change func(*httptest.ResponseRecorder)) wedge {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if !these(r) {
			next.ServeHTTP(w, r)
			return
		}
		got := httptest.NewRecorder()
		next.ServeHTTP(got, r)
		change(got)
		for name, values := range got.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(got.Code)
		_, _ = got.Body.WriteTo(w)
	}
}
