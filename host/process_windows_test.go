package host

const killedWords = "exit status 1"

// behaveHere has nothing of its own here.
func behaveHere(string, []string) {}
