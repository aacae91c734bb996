// oidc.mjs SETTINGS: oidc-provider as its authors publish it, configured and nothing else, on a port of 127.0.0.1 that
// the system chooses. It prints {"issuer","origin"}. Each line of its input is a JSON object of settings to change,
// answered by a line with {}; {"anew":true} has it forget all that it was told by clients. It ends with its input.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { errors, Provider } from "oidc-provider";

console.info = console.error; // standard output is for answers

// What is not said stays as it is here; Go's type OIDC has what each means.
const settings = {
  issuer: undefined,
  resources: {},
  accessSeconds: 3600,
  refreshSeconds: 86400,
  jwt: false,
  refresh: "always",
  keepRefresh: false,
  closed: false,
  dpopNonce: false,
  clients: [],
  documents: {},
};
change(JSON.parse(process.argv[2] ?? "{}"));

function change(wanted) {
  const unknown = Object.keys(wanted).filter((name) => !(name in settings));
  if (unknown.length) throw new Error(`there is no setting ${unknown}`);
  const { resources, documents, ...rest } = wanted;
  Object.assign(settings, rest);
  Object.assign(settings.resources, resources);
  Object.assign(settings.documents, documents);
}

const configuration = {
  clients: settings.clients,
  clientBasedCORS: () => true,
  cookies: { keys: ["a-fake-key-that-signs-cookies"] },
  responseTypes: ["code"],
  pkce: { required: () => true },
  fetch: fetchDocument,
  rotateRefreshToken: () => !settings.keepRefresh,
  issueRefreshToken: (_, client, source) =>
    settings.refresh !== "never" && client.grantTypeAllowed("refresh_token") &&
    (settings.refresh === "always" || source.scopes.has("offline_access")),
  ttl: {
    AccessToken: () => settings.accessSeconds,
    ClientCredentials: () => settings.accessSeconds,
    RefreshToken: () => settings.refreshSeconds,
  },
  features: {
    devInteractions: { enabled: true },
    registration: { enabled: !settings.closed },
    registrationManagement: { enabled: !settings.closed, rotateRegistrationAccessToken: false },
    revocation: { enabled: true },
    introspection: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, "fake"), requireNonce: () => settings.dpopNonce },
    resourceIndicators: { enabled: true, getResourceServerInfo: resourceServer, useGrantedResource: () => true },
    clientIdMetadataDocument: { enabled: true, ack: "draft-02", allowFetch: (_, url) => url in settings.documents },
  },
};

function resourceServer(_, resource) {
  const scopes = settings.resources[resource];
  if (scopes === undefined) throw new errors.InvalidTarget();
  const accessTokenFormat = settings.jwt ? "jwt" : "opaque";
  return { scope: scopes.join(" "), audience: resource, accessTokenTTL: settings.accessSeconds, accessTokenFormat };
}

// Documents of clients are at https addresses that nobody serves: they are in the settings, and nothing is fetched.
async function fetchDocument(url) {
  const document = settings.documents[url];
  if (document === undefined) throw new Error(`${url} is not to be fetched`);
  return new Response(JSON.stringify(document), { headers: { "Content-Type": "application/json" } });
}

let serve; // the provider's
let issuer;
const server = createServer((request, response) => serve(request, response));
server.listen(0, "127.0.0.1", () => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  issuer = settings.issuer ?? origin;
  begin();
  console.log(JSON.stringify({ issuer, origin }));
});

// begin makes a provider, which knows of no other's tokens and registrations.
function begin() {
  const provider = new Provider(issuer, configuration);
  for (const what of ["authorization", "grant", "registration_create", "revocation", "introspection"])
    provider.on(`${what}.error`, (_, error) => console.error(what, error.error_description, error.error_detail));
  provider.on("server_error", (_, error) => console.error(error));
  serve = below(new URL(issuer).pathname.replace(/\/$/, ""), provider.callback());
}

// below mounts a provider at a path, and its metadata where RFC 8414 section 3.1 has it. It finds out where it is by
// what the request's address was before.
function below(path, callback) {
  return (request, response) => {
    const [, document, of] = /^(\/\.well-known\/[a-z-]+)(\/.*)$/.exec(request.url) ?? [];
    if (path && of === path) request.url = path + document;
    if (!request.url.startsWith(`${path}/`)) return response.writeHead(404).end();
    request.originalUrl = request.url;
    request.url = request.url.slice(path.length);
    callback(request, response);
  };
}

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { anew, ...settings } = JSON.parse(line);
    change(settings);
    if (anew) begin();
    console.log("{}");
  })
  .on("close", () => process.exit());
