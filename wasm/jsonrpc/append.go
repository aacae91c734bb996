package jsonrpc

import (
	"strconv"

	"github.com/headfast/headfast/wasm/jsontext"
)

// AppendRequest appends a request. The id is always written as a JSON string,
// because some servers declare it so. params is raw JSON, copied as it is; nil
// leaves the member out.
func AppendRequest(dst []byte, id, method string, params []byte) []byte {
	dst = append(dst, `{"jsonrpc":"2.0","id":`...)
	dst = jsontext.AppendString(dst, id)
	dst = append(dst, `,"method":`...)
	return appendCall(dst, method, params)
}

// AppendNotification appends a notification; params as for AppendRequest.
func AppendNotification(dst []byte, method string, params []byte) []byte {
	dst = append(dst, `{"jsonrpc":"2.0","method":`...)
	return appendCall(dst, method, params)
}

func appendCall(dst []byte, method string, params []byte) []byte {
	dst = jsontext.AppendString(dst, method)
	if params != nil {
		dst = append(dst, `,"params":`...)
		dst = append(dst, params...)
	}
	return append(dst, '}')
}

// AppendResult appends the answer to a request. rawID is its Message.ID and
// result is raw JSON, both copied as they are.
func AppendResult(dst []byte, rawID, result []byte) []byte {
	dst = appendAnswer(dst, rawID)
	dst = append(dst, `,"result":`...)
	dst = append(dst, result...)
	return append(dst, '}')
}

// AppendError appends an error answer. rawID is the Message.ID of the request; nil
// writes null, for a request whose id could not be read (JSON-RPC 2.0, section 5).
func AppendError(dst []byte, rawID []byte, code int64, message string) []byte {
	dst = appendAnswer(dst, rawID)
	dst = append(dst, `,"error":{"code":`...)
	dst = strconv.AppendInt(dst, code, 10)
	dst = append(dst, `,"message":`...)
	dst = jsontext.AppendString(dst, message)
	return append(dst, "}}"...)
}

func appendAnswer(dst, rawID []byte) []byte {
	dst = append(dst, `{"jsonrpc":"2.0","id":`...)
	if rawID == nil {
		return append(dst, "null"...)
	}
	return append(dst, rawID...)
}
