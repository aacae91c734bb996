package msg

import "github.com/tinylib/msgp/msgp"

// AppendOutput writes an Output whose effects are already encoded: fx holds count of them. The bytes are
// those of Output.MarshalMsg.
func AppendOutput(dst []byte, hello *Hello, deadline int64, count int, fx []byte, e *Error) ([]byte, error) {
	members := uint32(2)
	if hello != nil {
		members++
	}
	if e != nil {
		members++
	}
	dst = msgp.AppendMapHeader(dst, members)
	var err error
	if hello != nil {
		if dst, err = hello.MarshalMsg(msgp.AppendString(dst, "hello")); err != nil {
			return dst, err
		}
	}
	dst = msgp.AppendInt64(msgp.AppendString(dst, "deadline"), deadline)
	dst = msgp.AppendArrayHeader(msgp.AppendString(dst, "fx"), uint32(count))
	dst = append(dst, fx...)
	if e != nil {
		return e.MarshalMsg(msgp.AppendString(dst, "err"))
	}
	return dst, nil
}
