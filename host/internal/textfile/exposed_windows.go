package textfile

// Exposed is not known here: the mode says nothing of who can read a file, and access lists are not looked at.
func Exposed(string) bool { return false }
