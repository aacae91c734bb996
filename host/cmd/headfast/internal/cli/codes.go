package cli

import (
	"fmt"
	"strings"

	"github.com/headfast/headfast/host/cmd/headfast/internal/exit"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

// advice says what to do about each code; a test says that none is missing.
var advice = map[string]string{
	problem.HeaderRefused: "Put a valid key where the message says that it stands: into the variable, or into the file. No sign-in was tried\nin its place. headfast explain NAME shows which key is sent.",
	problem.VariableUnset: "Set the variable in the environment that headfast runs in. Each client writes variables in its own way, as ${NAME},\n${env:NAME} or {env:NAME}, and takes another's for a literal: the message says how this file's does it, and\nheadfast help clients how each does. Where the client has defaults: ${NAME:-default}.",
	problem.NoCredential:  "Add the header that the server wants to the entry: \"headers\": { \"Authorization\": \"Bearer ${MY_KEY}\" }, or as the file's\nclient writes it: headfast help clients.",
	problem.AuthRequired:  "Sign in: headfast login NAME. Where the server takes keys too, you can configure one in \"headers\" instead.",
	problem.WrongPath:     "Check the path of the url. Many servers are at /mcp; those of 2024-11-05 are at /sse, with \"type\": \"sse\".\nheadfast explain NAME --probe looks for the right one.",
	problem.Blocked:       "Only a web page meets this: use the command line or the extension, or have the server allow the page (CORS).",
	problem.Unreachable:   "Check that the server runs, and host and port of its url. A proxy is taken from HTTPS_PROXY, or --proxy.\nWhere it is only slow, give it time: --timeout 2m.",
	problem.TLS:           "Where the certificate is of your company's own authority, name that: --cacert FILE. Where the server wants a\nclient certificate: --cert FILE --key FILE.",
	problem.Redirected:    "Write the URL at which the server really is. A credential is not carried to where a redirect points.",
	problem.NotMCP:        "Check the url: what answers there is no MCP server, perhaps a page or a sign-in form. --trace shows the exchange.",
	problem.CutOff:        "The request may have run: check before you repeat it. headfast repeats no call by itself.",
	problem.TooLarge:      "Ask the server for less at a time.",
	problem.Protocol:      "This is for the server's operator: the message says which rule is broken. --trace shows the exchange.",
	problem.ServerError:   "The words are the server's own. Check the names and arguments: headfast tools NAME.",
	problem.ToolFailed:    "The tool ran and failed; its own words are in the result.",
	problem.HTTPStatus:    "5xx is for the server's operator; 429 means to wait. --trace shows the exchange.",
	problem.Revision:      "The server speaks revisions that headfast does not, or not the one of --revision. Leave --revision out.",

	problem.ForeignEndpoint: "This is for the server's operator. Nothing was sent to the other origin.",
	problem.SessionEnded:    "Run it again: a new session is made.",
	problem.Unsupported:     "The message says what is not supported here, and what is.",
	problem.InputNeeded:     "The server wants to ask the person. Run it at a terminal, or answer beforehand: --answer key=value.",
	problem.ProcessFailed:   "Run the command of the entry in a terminal. --trace shows what the process writes to its standard error.",
	problem.ToolInvalid:     "A warning: the other tools can be used. This is for the server's operator.",

	problem.SignInFailed: "The message says at which step it ended, and has the authorization server's own words. --trace tells every step.\nWhere you pressed Cancel, or took more than ten minutes: headfast login NAME again.",
	problem.Discovery:    "This is for the operators of the server: the message says which of its documents is missing or wrong. Nobody was\nsent there. --trace shows where headfast looked. A document at another place: oauth.authServerMetadataUrl.",
	problem.Registration: "Have a client registered there, for a redirect to http://127.0.0.1 or http://localhost:PORT/callback, and write its\nid into the entry: \"oauth\": { \"clientId\": \"…\" }, with \"callbackPort\" where the port must be fixed.",
	problem.TokenRefused: "Sign in again: headfast login NAME. headfast tokens shows what is kept.",
	problem.ScopeMissing: "Ask the operator for access, or name the scopes in oauth.scopes and sign in again.",
	problem.Unsafe:       "This is for the operators of the server: nothing was sent to that address. It must be https; http only on this machine,\nand an address of a private network only for a server in one.",
	problem.StoreLocked:  "Unlock the keychain, then run it again. Where there is none, as over SSH: HEADFAST_STORE=FOLDER names another folder\nfor sign-ins, in files that only you can read.",
	problem.StoreFailed:  "The message says what the file system said. HEADFAST_STORE=FOLDER names another folder. Nothing that is there is\noverwritten unread; headfast logout --damaged forgets what is damaged, headfast logout --all everything.",
	problem.KeyMissing:   "oauth.privateKey names the key: \"env:NAME\" for a variable, \"file:PATH\" for a file, in PEM.",

	problem.NoConfig:          "Make a .mcp.json, or name a file with -c FILE.",
	problem.NotJSON:           "Mend the file at the line and column that the message names. Some clients' files are strict JSON, without comments and\ntrailing commas; others allow them, or are TOML or YAML: headfast help clients. Where it is another client's file:\n-c FILE --as CLIENT.",
	problem.WrongTopKey:       "Name the key as the client whose file it is has it: mcpServers in most, servers in VS Code, context_servers in Zed, mcp in\nopencode, mcp_servers in Codex CLI, extensions in Goose (headfast help clients). Where it is another client's file:\n-c FILE --as CLIENT.",
	problem.BadField:          "Mend the entry at the line and column that the message names.",
	problem.BadURL:            "Write the url like https://host/mcp.",
	problem.BadHeader:         "Names of headers have letters, digits and hyphens; values have no line breaks.",
	problem.NoSuchServer:      "headfast servers lists the names.",
	problem.DuplicateName:     "Remove one of the two.",
	problem.Cleartext:         "Use https, so that nobody on the way can read the key.",
	problem.TransportMissing:  "Give the entry a \"url\" with \"type\": \"http\", or a \"command\"; by the names of the file's client, such as uri and cmd in Goose.",
	problem.CredentialMissing: "Add the credential to \"headers\", or name it in \"credentials\".",

	problem.SecretInFile: "Put the secret into an environment variable, and name that in the file. Who has seen the file may have the secret: have\nit replaced where the file was shared.",
	problem.HelperFailed: "Run the program of headersHelper in a terminal, in the folder of the file that names it: it must print a JSON object of\nheaders, and nothing else, in 10 s. headfast help headersHelper says more.",

	problem.NotAgreed: "A file that was found in a project's folder acts only after you have agreed to the entry: at a terminal you are asked once,\nand again when it changes. headfast explain NAME shows what it would do. In scripts: --trust, or name the file with -c FILE.\nheadfast trust list shows what you have agreed to.",

	problem.Usage:     "headfast COMMAND --help says what can be typed.",
	problem.Cancelled: "Nothing is wrong: Ctrl-C, or whoever ran it gave up.",
	problem.Internal:  "Report it with the command line that you typed.",
}

// codesTopic is "headfast help codes".
func codesTopic() *cobra.Command {
	var b strings.Builder
	b.WriteString("Every problem has a code that means one thing. In order: code, exit code, meaning.\nheadfast help HF101 says more of one.\n\n")
	for _, m := range problem.All {
		fmt.Fprintf(&b, "  %s  %3d  %s\n", m.Code, exit.Of(m.Code), m.Text)
	}
	return &cobra.Command{Use: "codes", Short: "The codes of all problems, with their exit codes", Long: b.String() + "\nExit codes:\n" + exitCodes()}
}

// codeTopics are "headfast help HF101" and so on.
func codeTopics() (all []*cobra.Command) {
	for _, m := range problem.All {
		text := fmt.Sprintf("%s  %s\n\nExit code %d: %s.\n\n%s", m.Code, m.Text, exit.Of(m.Code), exitMeaning(exit.Of(m.Code)), advice[m.Code])
		all = append(all, &cobra.Command{Use: m.Code, Aliases: []string{strings.ToLower(m.Code)}, Short: m.Text, Long: text, Hidden: true})
	}
	return all
}

func exitMeaning(code int) string {
	for _, m := range exit.All {
		if m.Code == code {
			return m.Text
		}
	}
	return ""
}
