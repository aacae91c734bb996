package msg

// Lint asks what is wrong with these configurations, of which an earlier one goes before a later one of the same client.
// Nothing is sent. Answered by one Findings.
type Lint struct {
	ID      uint32   `msg:"id"`
	Configs []uint32 `msg:"configs,limit=1000"`
}

// Findings answers a Lint, in the order of the configurations and of their texts.
type Findings struct {
	ID   uint32    `msg:"id"`
	List []Finding `msg:"list"`
}

// Finding is one thing that is wrong with a configuration.
type Finding struct {
	Config uint32 `msg:"config"`
	// Check names the rule that found it, such as "unset-variable".
	Check string `msg:"check"`
	// Problem tells of it; its Where is where At begins.
	Problem Error `msg:"problem"`
	// At is the token that it is about.
	At Span `msg:"at"`
	// Fixes are ways to mend it, the best first.
	Fixes []Fix `msg:"fixes,limit=100"`
}

// Span is a stretch of a configuration's text: byte offsets, End exclusive, and the same as editors count.
type Span struct {
	Start uint32   `msg:"start"`
	End   uint32   `msg:"end"`
	From  Position `msg:"from"`
	To    Position `msg:"to"`
}

// Fix is one way to mend a finding.
type Fix struct {
	// Title is what it does, in the imperative and without a full stop.
	Title string `msg:"title"`
	// Safe says that it changes nothing but what is wrong, and may be done without asking.
	Safe  bool   `msg:"safe"`
	Edits []Edit `msg:"edits,limit=1000"`
}

// Edit puts Text in the place of a stretch of a configuration's text. Edits that belong together do not overlap and are
// in the text's order; their offsets are those of the text before all of them.
type Edit struct {
	At   Span   `msg:"at"`
	Text string `msg:"text"`
}

// Translate asks for an entry as another client's file would have it. Nothing is sent. Answered by one Translated, or by a
// Done where it cannot be said there at all.
type Translate struct {
	ID     uint32 `msg:"id"`
	Config uint32 `msg:"config"`
	Server string `msg:"server"`
	// To is the other client's dialect.
	To string `msg:"to"`
	// Path and Into are the file that it is to be put into; empty for a new one.
	Path string `msg:"path"`
	Into []byte `msg:"into,zerocopy,limit=67108864"`
}

// Translated answers a Translate.
type Translated struct {
	ID uint32 `msg:"id"`
	// Text is a whole file with this one entry.
	Text string `msg:"text"`
	// Edits put the entry into Translate.Into and leave every other byte of it as it is.
	Edits []Edit `msg:"edits,limit=1000"`
	// Replaces says that Into has an entry of this name, which the edits replace.
	Replaces bool `msg:"replaces"`
	// Losses are what cannot be said there, each where it stands in the file that it comes from.
	Losses []Loss `msg:"losses"`
}

// Loss is what a translation leaves out or changes.
type Loss struct {
	// Text is a sentence without a full stop.
	Text  string   `msg:"text"`
	Where Position `msg:"where"`
}
