package cli

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/headfast/headfast/host/cmd/headfast/internal/exit"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// document is what --json prints: one object, in this order, without the members that are not known. Tools
// and Result are the server's bytes, so it is built by append: encoding/json would rewrite them.
type document struct {
	Server, URL, Command, Revision string
	// Client and Scope are whose file the entry is in, AlsoIn where others of its name stand.
	Client, Scope             string
	AlsoIn                    []string
	Env                       []envView
	Auth                      *authView
	Helper                    *helperView
	Meanings                  []meaningView
	Probe                     *probeView
	Tools, Resources, Prompts []json.RawMessage
	Templates                 []json.RawMessage
	Ping                      *pingView
	Result                    json.RawMessage
	Asked                     []askedView
	Servers                   []serverView
	Findings                  []findingView
	Fixed                     []fixedView
	Checks                    []checkView
	Store                     string
	Accounts                  []accountView
	Translations              []translationView
	Forgotten                 []string
	Trusted, Revoked          []trustedView
	Inputs                    []inputView
	Curl                      []string
	Clients                   []string
	Schema                    json.RawMessage
	Warnings                  []problemView
	Error                     *problemView
}

type authView struct {
	Mode    string       `json:"mode"`
	Reason  string       `json:"reason"`
	Origin  string       `json:"origin,omitempty"`
	Headers []headerView `json:"headers"`
	Rules   []ruleView   `json:"rules"`
}

// helperView is the program that prints headers, as the file names it.
type helperView struct {
	Program string `json:"program"`
	Source  string `json:"source"`
}

func viewHelper(h *msg.Helper) *helperView {
	if h == nil {
		return nil
	}
	return &helperView{h.Program, problem.At(h.Where)}
}

type headerView struct {
	Name        string   `json:"name"`
	Source      string   `json:"source"`
	Variable    []string `json:"variable"`
	Fingerprint string   `json:"fingerprint"`
	Credential  bool     `json:"credential"`
	Sent        bool     `json:"sent"`
	Note        string   `json:"note,omitempty"`
}

type ruleView struct {
	Name string `json:"name"`
	Won  bool   `json:"won"`
	Why  string `json:"why"`
}

type serverView struct {
	Name      string        `json:"name"`
	Transport string        `json:"transport"`
	URL       string        `json:"url"`
	Auth      *authView     `json:"auth"`
	Where     string        `json:"where"`
	Problems  []problemView `json:"problems"`
	// Client and Scope are whose file it is; ShadowedBy is where the entry stands that is used instead.
	Client     string `json:"client,omitempty"`
	Scope      string `json:"scope,omitempty"`
	ShadowedBy string `json:"shadowedBy,omitempty"`
	// Disabled says that the file has it switched off for its client.
	Disabled bool `json:"disabled,omitempty"`
	// AlsoReadBy are other clients that read the same file, each in its own way: explain --as tells which.
	AlsoReadBy []string `json:"alsoReadBy,omitempty"`
}

type problemView struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Title    string `json:"title"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
	Where    string `json:"where"`
	Outcome  string `json:"outcome"`
	Exit     int    `json:"exit"`
	Status   uint32 `json:"status,omitempty"`
	RPCCode  int64  `json:"rpcCode,omitempty"`
	// RPCData is the server's own; redacting may have made it something else than JSON.
	RPCData json.RawMessage `json:"rpcData,omitempty"`
}

func viewAuth(auth msg.Auth) *authView {
	v := &authView{Mode: auth.Mode, Reason: auth.Reason, Origin: auth.Origin, Headers: []headerView{}, Rules: []ruleView{}}
	for _, h := range auth.Header {
		v.Headers = append(v.Headers, headerView{
			Name: h.Name, Source: problem.At(h.Where), Variable: list(h.Variables), Fingerprint: fingerprint(h),
			Credential: h.Credential, Sent: h.Sent, Note: h.Note,
		})
	}
	for _, r := range auth.Rules {
		v.Rules = append(v.Rules, ruleView(r))
	}
	return v
}

func viewServer(s msg.Server) serverView {
	return serverView{Name: s.Name, Transport: s.Transport, URL: s.URL, Auth: viewAuth(s.Auth), Where: place(s.Where), Problems: viewProblems(s.Problems), Disabled: s.Disabled}
}

func viewProblems(list []msg.Error) []problemView {
	views := []problemView{}
	for i := range list {
		views = append(views, viewProblem(&list[i], ""))
	}
	return views
}

func viewProblem(e *msg.Error, outcome string) problemView {
	v := problemView{
		Code: e.Code, Severity: e.Severity, Title: e.Title, Message: e.Body, Hint: e.Hint, Where: place(e.Where), Outcome: outcome,
		Exit: exit.Of(e.Code), Status: e.Status, RPCCode: e.RPCCode,
	}
	if e.Severity == "warning" {
		v.Exit = exit.Done
	}
	if v.Message == "" {
		v.Message = titled(e.Title)
	}
	if json.Valid(e.RPCData) {
		v.RPCData = e.RPCData
	}
	return v
}

// envView is one variable of a process's environment: never its value, but the names that the value is made from.
type envView struct {
	Name     string   `json:"name"`
	Variable []string `json:"variable"`
}

// askedView is what a server asked the person, and how it was answered; what the answer was is not in it.
type askedView struct {
	Method string `json:"method"`
	Mode   string `json:"mode"`
	Action string `json:"action"`
}

type pingView struct {
	MS        float64 `json:"ms"`
	Method    string  `json:"method"`
	Era       string  `json:"era"`
	Revision  string  `json:"revision"`
	Transport string  `json:"transport"`
}

// place is file:line:column, as far as it is known.
func place(p msg.Position) string {
	at := problem.At(p)
	if p.Line > 0 && p.Column > 0 {
		at += ":" + strconv.Itoa(int(p.Column))
	}
	return at
}

// list is never null in JSON.
func list(names []string) []string { return append([]string{}, names...) }

func (d *document) fail(f *fault) {
	if f != nil {
		v := viewProblem(&f.reason, f.outcome)
		d.Error = &v
	}
}

func (d *document) append(dst []byte) []byte {
	o := object{append(dst, '{')}
	o.text("server", d.Server)
	o.text("url", d.URL)
	o.text("command", d.Command)
	o.text("client", d.Client)
	o.text("scope", d.Scope)
	if len(d.AlsoIn) > 0 {
		o.value("alsoIn", d.AlsoIn)
	}
	if d.Env != nil {
		o.value("env", d.Env)
	}
	o.text("revision", d.Revision)
	if d.Auth != nil {
		o.value("auth", d.Auth)
	}
	if d.Helper != nil {
		o.value("helper", d.Helper)
	}
	if d.Meanings != nil {
		o.value("meanings", d.Meanings)
	}
	if d.Probe != nil {
		o.value("probe", d.Probe)
	}
	o.list("tools", d.Tools)
	o.list("resources", d.Resources)
	o.list("resourceTemplates", d.Templates)
	o.list("prompts", d.Prompts)
	if d.Ping != nil {
		o.value("ping", d.Ping)
	}
	if d.Result != nil {
		o.raw("result", d.Result)
	}
	if d.Asked != nil {
		o.value("asked", d.Asked)
	}
	if d.Servers != nil {
		o.value("servers", d.Servers)
	}
	if d.Findings != nil {
		o.value("findings", d.Findings)
	}
	if d.Fixed != nil {
		o.value("fixed", d.Fixed)
	}
	if d.Checks != nil {
		o.value("checks", d.Checks)
	}
	o.text("store", d.Store)
	if d.Accounts != nil {
		o.value("accounts", d.Accounts)
	}
	switch len(d.Translations) {
	case 0:
	case 1:
		o.value("translation", d.Translations[0])
	default:
		o.value("translations", d.Translations)
	}
	if d.Forgotten != nil {
		o.value("forgotten", d.Forgotten)
	}
	if d.Trusted != nil {
		o.value("trusted", d.Trusted)
	}
	if d.Revoked != nil {
		o.value("revoked", d.Revoked)
	}
	if d.Clients != nil {
		o.value("clients", d.Clients)
	}
	if d.Schema != nil {
		o.raw("schema", d.Schema)
	}
	if d.Inputs != nil {
		o.value("inputs", d.Inputs)
	}
	if d.Curl != nil {
		o.value("curl", d.Curl)
	}
	if len(d.Warnings) > 0 {
		o.value("warnings", d.Warnings)
	}
	if d.Error != nil {
		o.value("error", d.Error)
	}
	return append(o.out, '}')
}

// titled ends a title as a sentence, unless it is a question.
func titled(title string) string {
	if strings.HasSuffix(title, "?") {
		return title
	}
	return title + "."
}
