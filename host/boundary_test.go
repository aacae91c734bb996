package host

import (
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/tinylib/msgp/msgp"
)

// config loads one server under this number.
func config(id uint32) msg.Input {
	return msg.Input{Load: &msg.Load{ID: id, Path: ".mcp.json", Dialect: "claude-code", Text: []byte(
		`{"mcpServers":{"acme":{"type":"http","url":"https://mcp.acme.example/mcp","headers":{"X-API-Key":"abc"}}}}`)}}
}

// works steps a batch whose answer is known, and so shows that the core's state is as it should be.
func works(t *testing.T, in *Instance) {
	t.Helper()
	out := step(t, in, config(7))
	if out.Error != nil || len(out.Effects) != 1 || out.Effects[0].Loaded == nil || out.Effects[0].Loaded.ID != 7 {
		t.Fatalf("a good batch is answered %+v", out)
	}
}

// refused demands an Output with an error and nothing else.
func refused(t *testing.T, out *msg.Output, says string) {
	t.Helper()
	switch {
	case out.Error == nil:
		t.Errorf("no error; want %q", says)
	case out.Hello != nil || len(out.Effects) > 0:
		t.Errorf("an error with more: %+v", out)
	case out.Error.Code != string(Internal) || out.Error.Party != "host" || !strings.Contains(out.Error.Title+": "+out.Error.Body, says):
		t.Errorf("the error is %+v; want %q", out.Error, says)
	}
}

func TestHello(t *testing.T) {
	onEngines(t, func(t *testing.T, kind Engine) {
		hello := step(t, instance(t, kind), begin()).Hello
		if hello == nil || hello.Version != msg.Version || hello.Schema != msg.SchemaHash || !strings.HasPrefix(hello.Build, "headfast ") {
			t.Errorf("got %+v", hello)
		}
	})
}

// TestOtherSchema: a Begin that does not fit names both sides, and the right one may follow.
func TestOtherSchema(t *testing.T) {
	in := instance(t, Compiler)
	other := begin()
	other.Begin.Schema = "0123456789abcdef"
	out := step(t, in, other)
	refused(t, out, "0123456789abcdef")
	refused(t, out, msg.SchemaHash)
	other = begin()
	other.Begin.Version++
	refused(t, step(t, in, other), "do not fit")
	other = begin()
	other.Begin.Entropy = other.Begin.Entropy[1:]
	refused(t, step(t, in, other), "32 bytes of entropy")
	if step(t, in, begin()).Hello == nil {
		t.Error("the right Begin is refused after the wrong one")
	}
	works(t, in)
}

func TestOrder(t *testing.T) {
	in := instance(t, Compiler)
	refused(t, step(t, in, config(1)), "the first input is not begin")
	refused(t, step(t, in, config(1), begin()), "the first input is not begin")
	refused(t, step(t, in, begin(), begin()), "begin again")
	if out := step(t, in, begin(), config(1)); out.Hello == nil || len(out.Effects) != 1 {
		t.Fatalf("Begin with something after it: %+v", out)
	}
	refused(t, step(t, in, begin()), "begin again")
	works(t, in)
}

// TestMalformed hands over what is no batch. The core refuses it and is as it was.
func TestMalformed(t *testing.T) {
	onEngines(t, func(t *testing.T, kind Engine) {
		in := begun(t, kind)
		const noBatch = "no batch"
		for name, text := range map[string]string{
			"nothing":             "",
			"a number":            "00",
			"an array":            "90",
			"bytes after it":      "8000",
			"inputs that are nil": "81a2696ec0",
			"a huge array":        "81a2696eddffffffff",
			"a huge map":          "dfffffffff",
			"a huge string":       "81dbffffffff",
			"a key twice":         "82a36e6f7701a36e6f7701",
			"deep":                "81a178" + strings.Repeat("91", 1500),
			"no member":           "81a2696e9180",
		} {
			batch, err := hex.DecodeString(text)
			if err != nil {
				t.Fatal(name, err)
			}
			refused(t, stepBytes(t, in, batch), noBatch)
		}
		two := config(1)
		two.Cancel = &msg.Cancel{ID: 1}
		refused(t, step(t, in, config(1), two), "more than one member")
		works(t, in)
	})
}

// TestTruncated cuts a batch at every byte.
func TestTruncated(t *testing.T) {
	in := begun(t, Compiler)
	whole := encode(t, config(1), msg.Input{Connect: &msg.Connect{ID: 1, Session: 1, Config: 1, Server: "acme"}},
		msg.Input{End: &msg.End{ID: 1, Failure: &msg.Failure{Kind: msg.FailDNS}}})
	for n := range whole {
		refused(t, stepBytes(t, in, whole[:n]), "no batch")
	}
	works(t, in)
	if out := stepBytes(t, in, whole); out.Error != nil {
		t.Errorf("the whole batch: %+v", out.Error)
	}
}

// TestRandomBytes: noise, and a good batch with one byte changed. Whatever it is taken for, nothing traps.
func TestRandomBytes(t *testing.T) {
	in := begun(t, Compiler)
	random := rand.New(rand.NewPCG(1, 2))
	whole := encode(t, config(1), msg.Input{Cancel: &msg.Cancel{ID: 9}}, msg.Input{Stored: &msg.Stored{ID: 3, Value: "v"}})
	bad := 0
	for range 3000 {
		noise := make([]byte, random.IntN(64))
		for i := range noise {
			noise[i] = byte(random.Uint32())
		}
		changed := append([]byte(nil), whole...)
		changed[random.IntN(len(changed))] ^= byte(1 + random.IntN(255))
		for _, batch := range [][]byte{noise, changed} {
			if stepBytes(t, in, batch).Error != nil {
				bad++
			}
		}
	}
	if bad < 3000 {
		t.Errorf("only %d of 6000 were refused", bad)
	}
	works(t, in)
}

// TestDeep: msgp skips what it does not know by recursion. The compiler's stack has room for all of msgp's own
// bound of 100,000; wazero's interpreter traps at 2,000 calls, and then the instance is dead, as it should be.
func TestDeep(t *testing.T) {
	deep, _ := hex.DecodeString("81a178" + strings.Repeat("91", 200_000))
	in := begun(t, Compiler)
	refused(t, stepBytes(t, in, deep), "no batch")
	works(t, in)
	in = begun(t, Interpreter)
	if _, err := in.Step(deep, nil); !errors.Is(err, ErrDead) {
		t.Errorf("the interpreter: %v", err)
	}
}

func TestOversized(t *testing.T) {
	in := begun(t, Compiler)
	if _, err := in.Step(make([]byte, msg.MaxBatch+1), nil); err == nil || !strings.Contains(err.Error(), "bound") {
		t.Errorf("Step takes more than msg.MaxBatch: %v", err)
	}
	works(t, in)
	at, err := in.alloc.Call(in.ctx, msg.MaxBatch+1)
	if err != nil || at[0] != 0 {
		t.Errorf("alloc of more than msg.MaxBatch answers %v, %v", at, err)
	}
	answer, err := in.step.Call(in.ctx, msg.MaxBatch+1)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := in.mod.Memory().Read(uint32(answer[0]>>32), uint32(answer[0]))
	var out msg.Output
	if _, err := out.UnmarshalMsg(b); err != nil {
		t.Fatal(err)
	}
	refused(t, &out, "no batch")
	works(t, in)
}

// TestUnknownFields: a later driver's fields are skipped wherever a map is.
func TestUnknownFields(t *testing.T) {
	in := begun(t, Compiler)
	b := msgp.AppendMapHeader(nil, 3)
	b = appendStrange(b)
	b = msgp.AppendInt64(msgp.AppendString(b, "now"), 1)
	b = msgp.AppendArrayHeader(msgp.AppendString(b, "in"), 1)
	b = msgp.AppendMapHeader(b, 1)
	b = msgp.AppendMapHeader(msgp.AppendString(b, "load"), 5)
	b = msgp.AppendUint32(msgp.AppendString(b, "id"), 5)
	b = appendStrange(b)
	b = msgp.AppendString(msgp.AppendString(b, "path"), "f")
	b = msgp.AppendString(msgp.AppendString(b, "dialect"), "claude-code")
	b = msgp.AppendBytes(msgp.AppendString(b, "text"), []byte(`{"mcpServers":{}}`))
	out := stepBytes(t, in, b)
	if out.Error != nil || len(out.Effects) != 1 || out.Effects[0].Loaded.ID != 5 {
		t.Errorf("got %+v", out)
	}
}

// appendStrange is a member that nobody knows: a map in a list.
func appendStrange(b []byte) []byte {
	b = msgp.AppendArrayHeader(msgp.AppendString(b, "strange"), 2)
	b = msgp.AppendMapHeader(b, 1)
	b = msgp.AppendFloat64(msgp.AppendString(b, "of"), 1.5)
	return msgp.AppendNil(b)
}

// TestUnknownInput: an input of a later version is not passed over in silence.
func TestUnknownInput(t *testing.T) {
	in := begun(t, Compiler)
	b := msgp.AppendMapHeader(nil, 1)
	b = msgp.AppendArrayHeader(msgp.AppendString(b, "in"), 1)
	b = appendStrange(msgp.AppendMapHeader(b, 1))
	refused(t, stepBytes(t, in, b), "no member that is known")
	works(t, in)
}
