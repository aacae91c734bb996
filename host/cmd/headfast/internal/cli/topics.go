package cli

import "github.com/spf13/cobra"

// oauthTopic is "headfast help oauth".
func oauthTopic() *cobra.Command {
	return &cobra.Command{Use: "oauth", Short: "Signing in: when it is done, and what an entry can say of it", Long: oauthText}
}

// helperTopic is "headfast help headersHelper".
func helperTopic() *cobra.Command {
	return &cobra.Command{Use: "headersHelper", Aliases: []string{"headershelper"}, Short: "A program that prints the headers of a server", Long: helperText}
}

const oauthText = `A server that wants a sign-in (OAuth 2.1) says so, and headfast login NAME does it. The other commands then use the
token, and renew it. What an entry of the configuration says decides what else is done:

  nothing                        headfast login NAME signs in; no other command does it by itself
  "auth": "oauth", "oauth": {…}  any command leads to the page by itself, at a terminal or with --sign-in
  "headers" with a key           the key is sent, and nobody is ever signed in
  "auth": "both"                 the key and the token are sent
  "oauth": false                 nobody is signed in

What is usually written into "oauth": { … }; all texts take ${VAR}:
  clientId, clientSecret   a client that was registered for you; else one is registered
  callbackPort             the redirect comes to http://localhost:PORT/callback; else to any free port
  scopes                   what the token is to be good for, as "read write"
  issuer                   the only authorization server that is gone to
  authServerMetadataUrl    for a server that does not say who signs people in
  grant                    device_code; and without a person client_credentials, jwt_bearer, enterprise
  profile                  the account, where you have more than one
README.md has all of them, in the table of "Signing in".

  headfast explain NAME    what a sign-in would be, and what is kept of one; nothing is sent
  headfast tokens          all that is kept, without a token
  headfast logout NAME     give it back, and forget it
  headfast login NAME --trace   every step, in plain words

` + storeHelp

const helperText = `"headersHelper" in an entry names a program that prints headers:

  "acme": { "type": "http", "url": "https://api.acme.dev/mcp", "headersHelper": "./keys.sh --for acme" }

It prints one JSON object of names and values, such as {"Authorization": "Bearer …"}, and nothing else, in 10 s. Its
headers win over those of "headers" with the same names, and count as a configured key: nobody is signed in then.

  It is run before the first request, and once more where the server refuses.
  No shell is between: what stands in quotation marks is one word, and a list of words can be written instead. A pipe or
  the like belongs into a script. ${VAR} is put in.
  A relative path is looked for in the folder of the file that names it, and the program runs there. (Claude Code looks
  in the folder in which it was started, so a path that is to work in both is absolute, or you start it there.)
  A name without a slash is looked for in PATH.
  It gets CLAUDE_CODE_MCP_SERVER_NAME and CLAUDE_CODE_MCP_SERVER_URL, and of your variables those that the platform needs.

Nothing that it prints is shown. Where it fails in any way the run ends with exit code 3 (HF211), and nothing is sent.
headfast explain NAME names the program and where it stands in the file; it does not run it.
`
