package provider

import _ "embed"

// files are those of data/; a test says which one is missing. (As one embed.FS they would cost 24 kB of brotli.)
var files = []string{asana, atlassian, auth0, cognito, entra, figma, github, google, keycloak, okta, slack}

var (
	//go:embed data/asana.txt
	asana string
	//go:embed data/atlassian.txt
	atlassian string
	//go:embed data/auth0.txt
	auth0 string
	//go:embed data/cognito.txt
	cognito string
	//go:embed data/entra.txt
	entra string
	//go:embed data/figma.txt
	figma string
	//go:embed data/github.txt
	github string
	//go:embed data/google.txt
	google string
	//go:embed data/keycloak.txt
	keycloak string
	//go:embed data/okta.txt
	okta string
	//go:embed data/slack.txt
	slack string
)
