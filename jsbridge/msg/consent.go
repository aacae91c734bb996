package msg

// Agree asks the person whether an entry of a file that was found in a project may act: with which transport, command or
// URL, and what it would be given. Answered by one Agreed.
type Agree struct {
	ID      uint32 `msg:"id"`
	Session uint32 `msg:"session"`
	// Server is the entry's name.
	Server string   `msg:"server"`
	Where  Position `msg:"where"`
	// Facts are what the entry says, in order; those that were agreed to and are gone stand among them.
	Facts []Fact `msg:"facts,limit=1000"`
	// Changed says that an entry of this name was agreed to in this file, and was another.
	Changed bool `msg:"changed"`
}

// Fact is one thing that an entry says, whole, and as the file has it: whoever shows it makes it fit to be shown. No
// value of a variable is in it, nor a secret that the file holds.
type Fact struct {
	// Name is what it is, such as "url" or "header X-API-Key".
	Name string `msg:"name"`
	Text string `msg:"text"`
	// State is "same", "new" or "gone".
	State string `msg:"state"`
}

// Agreed answers an Agree.
type Agreed struct {
	ID    uint32 `msg:"id"`
	Given bool   `msg:"given"`
}

// Prompt asks the person for a value that a configuration wants (${input:id}). Answered by one Prompted, unless a Withdraw
// comes first.
type Prompt struct {
	ID      uint32 `msg:"id"`
	Session uint32 `msg:"session"`
	// Server is the entry that needs it, Input the id, Where the place that defines it or, where none does, names it.
	Server string   `msg:"server"`
	Input  string   `msg:"input"`
	Where  Position `msg:"where"`
	// Description is the file's own words; empty where it has none.
	Description string `msg:"description"`
	// Secret says that what is typed is not to be seen.
	Secret  bool   `msg:"secret"`
	Default string `msg:"default"`
	// Options are the only answers; empty where any will do.
	Options []string `msg:"options,limit=1000"`
	// Origin is the only place where the answer would go; empty for a process.
	Origin string `msg:"origin"`
}

// Prompted answers a Prompt.
type Prompted struct {
	ID    uint32 `msg:"id"`
	Given bool   `msg:"given"`
	Value string `msg:"value"`
}

// Inputs asks which answers to Prompts are kept. Those whose keys are in Forget are forgotten first. Answered by one Done,
// whose result is {"inputs": [{"key", "input", "file", "origin", "when", "problem"}]}: what the store knows it by, the id, the
// file that asks for it (whole where its folder is known), the only place where it goes (for a process, what is started, as
// the file has it), when it was given in milliseconds since the Unix epoch, and why it cannot be read. Members that are
// empty are left out.
type Inputs struct {
	ID     uint32   `msg:"id"`
	Forget []string `msg:"forget,limit=10000"`
}
