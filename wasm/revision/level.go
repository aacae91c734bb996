package revision

// levels are RFC 5424's severities as MCP writes them, least severe first ("Log Levels").
var levels = []string{"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"}

// LogLevel says whether a text is one of them.
func LogLevel(s string) bool { return contains(levels, s) }

// LogLevels are their names.
func LogLevels() []string { return append([]string(nil), levels...) }
