package term

// Style colours texts, and makes each fit for one line first. The zero value has no colour.
type Style struct{ on bool }

// colour is decided by NO_COLOR (any value turns it off), then CLICOLOR_FORCE, then by whether a person looks.
func colour(tty bool, getenv func(string) string) bool {
	if getenv("NO_COLOR") != "" {
		return false
	}
	if force := getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		return true
	}
	return tty && getenv("TERM") != "dumb"
}

func (s Style) paint(code, text string) string {
	text = Line(text)
	if !s.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Bold is for what a person looks for.
func (s Style) Bold(text string) string { return s.paint("1", text) }

// Dim is for what a person may skip.
func (s Style) Dim(text string) string { return s.paint("2", text) }

// Red is for what failed.
func (s Style) Red(text string) string { return s.paint("31", text) }

// Green is for what is fine.
func (s Style) Green(text string) string { return s.paint("32", text) }

// Yellow is for what deserves a look.
func (s Style) Yellow(text string) string { return s.paint("33", text) }

// Cyan is for names of headers and fields.
func (s Style) Cyan(text string) string { return s.paint("36", text) }
