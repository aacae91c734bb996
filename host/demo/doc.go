// Package demo is an MCP server that misbehaves on demand, for tests, for
// `headfast demo-server` and for the demo. It listens on a loopback address
// only, and on a second port (another origin) that only records. Every request
// is kept: Server.Requests, Server.Foreign.
//
// What it does is chosen by the path. "key" means that the configured key
// (Options.Header, Options.Key) is needed; without it the answer is
// 401 {"detail":"Missing or invalid API key"}. Paths gives the same table.
//
//	/mcp                           key   the server of the report, on pydantic 2: the id must be a string
//	/mcp-v1                        key   the same on pydantic 1: the id 1 is taken and comes back as "1"
//	/health                              the report's health check
//	/modern                        key   2026-07-28, stateless Streamable HTTP
//	/open                                like /modern
//	/oauth                         key   like /modern; the key also as a Bearer token, else a challenge
//	/.well-known/oauth-protected-resource/oauth   the metadata that the challenge names
//	/legacy                        key   2025-11-25, sessions, answers as event streams
//	/legacy-json                   key   the same, answers as JSON
//	/sse                           key   2024-11-05, HTTP+SSE
//	/messages?session_id=ID        key   where /sse is POSTed to
//	/sse-foreign                   key   like /sse, but its endpoint is at the second origin
//
//	/status/CODE?body=KIND               any status; json, text, html, array, empty, detail, long; challenge=1, retry=N
//	/redirect/CODE/WHERE?to=PATH         same, cross (to the second origin), loop; also /redirect/loop
//	/slow?ms=N                           answers late
//	/hang                                never answers
//	/die                                 closes the connection before any header
//	/cut                                 tools/list dies in the middle of an event
//	/cut-json                            tools/list has a Content-Length longer than its body
//	/html                                200 with a page
//	/empty200                            200 with nothing
//	/202                                 202 to a request
//	/rpc-error                           200 with a JSON-RPC error
//	/wrong-id                            the right answer to a request that nobody made
//	/wrong-type                          the right answer as text/plain
//	/batch                               the right answer in an array
//	/dup-keys                            an answer with two results
//	/bad-utf8                            a result with bytes that are no UTF-8
//	/deep                                a result nested 100,000 deep
//	/endless?mb=N                        a body without end (1 GB)
//	/endless-line?mb=N                   a line of an event stream without end (1 GB)
//	/gzip-bomb?mb=N                      1 GB in 1 MB of gzip
//	/notifications?n=N                   tools/call sends 100,000 notifications first
//
// The paths of the second group take ?on=METHOD ("*" for every request), which
// says what misbehaves, and ?as=open|legacy|legacy-json|seed, which says who
// answers the rest; so a client can be led up to the fault. The default is
// every request, but for /cut, /cut-json and /notifications, and as=open.
// They need no key. Any other path is the seed's 404 {"detail":"Not Found"}.
//
// The tools, in every revision: echo {text, region}, add {a, b}, progress
// {n, ms}, slow {ms}, big {bytes}, fail, boom, announce.
package demo
