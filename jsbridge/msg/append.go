package msg

import "github.com/tinylib/msgp/msgp"

// AppendOutput writes an Output whose effects are already encoded: fx holds count of them. The bytes are
// those of Output.MarshalMsg.
func AppendOutput(dst []byte, hello *Hello, deadline int64, count int, fx []byte, e *Error) ([]byte, error) {
	dst, err := AppendOutputHead(dst, hello, deadline, count, e != nil)
	if err != nil {
		return dst, err
	}
	dst = append(dst, fx...)
	if e != nil {
		return e.MarshalMsg(msgp.AppendString(dst, "err"))
	}
	return dst, nil
}

// AppendOutputHead writes an Output up to its effects, of which there are count, so that they can follow
// without being copied. withError says that the error comes behind them.
func AppendOutputHead(dst []byte, hello *Hello, deadline int64, count int, withError bool) ([]byte, error) {
	members := uint32(2)
	if hello != nil {
		members++
	}
	if withError {
		members++
	}
	dst = msgp.AppendMapHeader(dst, members)
	var err error
	if hello != nil {
		dst, err = hello.MarshalMsg(msgp.AppendString(dst, "hello"))
	}
	dst = msgp.AppendInt64(msgp.AppendString(dst, "deadline"), deadline)
	return msgp.AppendArrayHeader(msgp.AppendString(dst, "fx"), uint32(count)), err
}
