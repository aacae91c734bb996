// What the suite's scenarios about signing in need of a client: a person, keys, and the entry's oauth block.

const callback = "http://localhost:3000/callback";
const document = "https://conformance-test.local/client-metadata.json";
const keyVariable = "CONFORMANCE_KEY";

/** person signs in as the suite's pages want it: they redirect at once, so nothing need listen. */
function person() {
  let redirected;
  return {
    async open({ url }) {
      const { headers, status } = await fetch(url, { redirect: "manual" });
      const to = headers.get("location");
      if (to === null) throw new Error(`the page answered ${status} and redirects nowhere`);
      const answer = await redirected(to);
      if (answer !== 200) throw new Error(`the redirect was answered with ${answer}`);
    },
    async await(_request, arrived) {
      redirected = arrived;
      return { uri: callback };
    },
  };
}

/** options are what a scenario about signing in needs of the client. */
export function options(context) {
  return {
    signIn: person(),
    clientDocument: document,
    env: (name) => (name === keyVariable ? context.private_key_pem : undefined),
  };
}

/** entry is what such a scenario adds to the configured server. */
export function entry(scenario, context) {
  const oauth = { clientId: context.client_id, clientSecret: context.client_secret };
  switch (scenario) {
    case "auth/client-credentials-jwt":
      oauth.grant = "client_credentials";
      oauth.privateKey = `env:${keyVariable}`;
      oauth.signingAlgorithm = context.signing_algorithm;
      break;
    case "auth/client-credentials-basic":
      oauth.grant = "client_credentials";
      break;
    case "auth/enterprise-managed-authorization":
      oauth.grant = "enterprise";
      oauth.idToken = context.idp_id_token;
      oauth.idpTokenEndpoint = context.idp_token_endpoint;
      oauth.idpClientId = context.idp_client_id;
      break;
    case "auth/wif-jwt-bearer":
      oauth.grant = "jwt_bearer";
      oauth.assertion = context.valid_jwt;
  }
  return { auth: "oauth", oauth };
}
