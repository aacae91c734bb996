package dialect

import "github.com/headfast/headfast/wasm/config"

// claudeCode is closed source: the sources are its documentation (code.claude.com/docs), its CHANGELOG.md and issues.
var claudeCode = config.ClaudeCode
