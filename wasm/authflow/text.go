package authflow

import (
	b64 "encoding/base64"
	"encoding/hex"
	"strconv"

	"github.com/headfast/headfast/wasm/trace"
)

func number(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

func base64(s string) string { return b64.StdEncoding.EncodeToString([]byte(s)) }

func base64url(b []byte) string { return b64.RawURLEncoding.EncodeToString(b) }

func hexed(b []byte) string { return hex.EncodeToString(b) }

// quote is a text of others, for a sentence of ours.
func (a *Account) quote(s string) string { return trace.Line(a.redact.Text(s)) }
