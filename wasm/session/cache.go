package session

import (
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/tidwall/gjson"
)

// cache keeps results for as long as the server allows (2026-07-28, "Caching"). It is one session's, and a session
// has one authorization, so that "private" results stay where they belong.
type cache struct {
	entries map[string]cached
	order   []string
	size    int
}

type cached struct {
	method string
	result []byte
	uri    string
	// until is on the core's clock in nanoseconds, from and to on the wall's in milliseconds: a machine that slept
	// has only one that shows it.
	until, from, to int64
}

// The bounds of a session's cache.
const (
	mostCached  = 64
	largeCached = 1 << 20
	fullCache   = 8 << 20
	// longestCached bounds the server's word, in milliseconds.
	longestCached = 24 * 3600 * 1000
)

// cacheable says whether a method's results may be kept ("Cacheable Results").
func cacheable(method string) bool {
	switch method {
	case "server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list", "resources/read":
		return true
	}
	return false
}

func cacheKey(method string, params []byte) string { return method + "\n" + string(params) }

// fetch answers a request from the cache, or sends it.
func (s *Session) fetch(c *call) {
	if !c.fresh && cacheable(c.method) {
		if result := s.cache.get(cacheKey(c.method, c.params), s.out.Now(), s.out.Wall()); result != nil {
			c.cached = c.pages == nil || c.pages.count == 0 || c.cached
			c.done(answer{message: &jsonrpc.Message{Kind: jsonrpc.Response, Result: result}, outcome: "result"})
			return
		}
	}
	c.cached = false
	s.start(c)
}

// keepAnswer keeps what a request was answered with, unless it was answered with inputs or from here.
func (s *Session) keepAnswer(c *call, result []byte) {
	if !c.cached && !c.told {
		s.keep(c.method, c.params, result)
	}
}

func (s *Session) keep(method string, params, result []byte) {
	if !s.wire.Caches || !cacheable(method) {
		return
	}
	ttl := gjson.GetBytes(result, "ttlMs")
	if ttl.Type != gjson.Number || ttl.Num < 1 {
		return
	}
	ms := int64(min(ttl.Num, longestCached))
	s.cache.put(cacheKey(method, params), cached{
		method: method, result: append([]byte(nil), result...), uri: gjson.GetBytes(params, "uri").Str,
		until: s.out.Now() + ms*1e6, from: s.out.Wall(), to: s.out.Wall() + ms,
	})
}

func (k *cache) get(key string, now, wall int64) []byte {
	e, ok := k.entries[key]
	if !ok || now >= e.until || wall >= e.to || wall < e.from {
		return nil
	}
	return e.result
}

func (k *cache) put(key string, e cached) {
	k.remove(func(old string, _ cached) bool { return old == key })
	if len(e.result) > largeCached {
		return
	}
	for len(k.order) >= mostCached || k.size+len(e.result) > fullCache {
		oldest := k.order[0]
		k.remove(func(old string, _ cached) bool { return old == oldest })
	}
	if k.entries == nil {
		k.entries = map[string]cached{}
	}
	k.entries[key] = e
	k.order = append(k.order, key)
	k.size += len(e.result)
}

// remove takes out what which picks.
func (k *cache) remove(which func(key string, e cached) bool) {
	left := k.order[:0]
	for _, key := range k.order {
		if e := k.entries[key]; which(key, e) {
			k.size -= len(e.result)
			delete(k.entries, key)
		} else {
			left = append(left, key)
		}
	}
	k.order = left
}

func (k *cache) clear() { *k = cache{} }

// drop forgets a method's results.
func (k *cache) drop(method string) {
	k.remove(func(_ string, e cached) bool { return e.method == method })
}

// invalidate forgets what a notification says has changed ("Interaction with Notifications").
func (k *cache) invalidate(method string, params []byte) {
	switch method {
	case "notifications/tools/list_changed":
		k.drop("tools/list")
	case "notifications/prompts/list_changed":
		k.drop("prompts/list")
	case "notifications/resources/list_changed":
		k.drop("resources/list")
		k.drop("resources/templates/list")
	case "notifications/resources/updated":
		uri := gjson.GetBytes(params, "uri").Str
		k.remove(func(_ string, e cached) bool { return e.method == "resources/read" && e.uri == uri })
	}
}
