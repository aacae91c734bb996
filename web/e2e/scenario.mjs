// What a person does on the page, and what it must say.

export function reportConfig(origin, key = "test-key-12345") {
  const server = { type: "http", url: `${origin}/mcp`, headers: { "X-API-Key": key } };
  return `${JSON.stringify({ mcpServers: { "test-server-http": server } }, null, 2)}\n`;
}

export function twoServers(origin) {
  const acme = { type: "http", url: `${origin}/mcp`, headers: { Authorization: "Bearer ${DEMO_KEY}", "X-Tenant": "42" } };
  return `${JSON.stringify({ mcpServers: { acme, local: { command: "some-program" } } }, null, 2)}\n`;
}

export async function reportServer({ checks, page, demo }) {
  await checks.check("a pasted file is explained: address, header, length, line", async () => {
    await page.getByLabel("Paste your").fill(reportConfig(demo.origin));
    await page.getByText(`POST ${demo.origin}/mcp`).waitFor();
    await page.getByRole("row", { name: "X-API-Key 14 characters .mcp.json:7" }).waitFor();
    await page.getByText("Sends 1 header to 1 site").waitFor();
  });
  await checks.check("nothing was sent before Connect", () => same(demo.requests, []));
  await checks.check("connect lists the tool", async () => {
    await connect(page);
    await page.getByRole("list", { name: "Tools" }).getByText("test_tool").waitFor();
    await page.getByText("Connected to test-server-http: 1 tool").waitFor();
  });
  await checks.check("only the server's own path was asked", () => onlyMcp(demo.requests, 200));
  await checks.check("the key is nowhere on the page but in the pasted text", async () => {
    same((await page.locator("body").innerText()).includes("test-key-12345"), false);
  });
}

export async function refused({ checks, page, demo }) {
  demo.requests.length = 0;
  await checks.check("a refused key is an alert with title, code and the server's words", async () => {
    await page.getByLabel("Paste your").fill(reportConfig(demo.origin, "wrong-key"));
    await page.getByText("9 characters").waitFor();
    await connect(page);
    const alert = page.getByRole("alert");
    await alert.getByRole("heading", { name: "The server refused the key it was sent", exact: true }).waitFor();
    const text = await alert.innerText();
    for (const part of ["HF101", "401", "Missing or invalid API key", "X-API-Key", ".mcp.json:7"]) {
      if (!text.includes(part)) throw new Error(`"${part}" is not in: ${text}`);
    }
  });
  await checks.check("no discovery and no registration followed", () => onlyMcp(demo.requests, 401));
}

export async function variable({ checks, page, demo }) {
  demo.requests.length = 0;
  await checks.check("a variable without a value gets a field, and nothing is sent", async () => {
    await page.getByLabel("Paste your").fill(reportConfig(demo.origin, "${DEMO_KEY}"));
    await page.getByText("DEMO_KEY not set").waitFor();
    await page.getByText("Would send nothing: DEMO_KEY is not set").waitFor();
    await connect(page);
    await page.getByRole("alert").getByText("HF102").waitFor();
    same(demo.requests, []);
  });
  await checks.check("typing the variable keeps the focus, and the key is used", async () => {
    await page.getByLabel("DEMO_KEY").pressSequentially("test-key-12345");
    await page.getByRole("row", { name: "X-API-Key 14 characters DEMO_KEY, .mcp.json:7" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("Connected to test-server-http: 1 tool").waitFor();
    same(await page.getByRole("alert").innerText(), "");
  });
}

export async function manners({ checks, page, demo, site, errors, foreign }) {
  await checks.check("of two servers one is chosen; a local program cannot be started here", async () => {
    await page.getByLabel("Paste your").fill(twoServers(demo.origin));
    await page.getByRole("row", { name: "Authorization Bearer (14 characters) DEMO_KEY, .mcp.json:7" }).waitFor();
    same(await page.getByText("Connected to").count(), 0);
    await page.getByLabel("Server", { exact: true }).selectOption("local");
    await page.getByText("A page cannot start a local program.").waitFor();
    same(await page.getByRole("button", { name: "Connect" }).isDisabled(), true);
  });
  await checks.check("broken text is told, with its code", async () => {
    await page.getByLabel("Paste your").fill('{"mcpServers": {');
    await page.locator("#config-problems").getByText(/HF\d+/).waitFor();
  });
  await checks.check("all of it can be reached by keyboard, in order", async () => {
    await page.getByLabel("Paste your").fill(reportConfig("http://127.0.0.1:1"));
    await page.getByRole("button", { name: "Connect to 127.0.0.1:1" }).waitFor();
    await page.getByLabel("Paste your").focus();
    await page.keyboard.press("Tab");
    same(await page.evaluate(() => document.activeElement?.id), "connect");
  });
  await checks.check("no error in the console, nothing missing, no other host asked", () => same([errors, site.missing, foreign], [[], [], []]));
}

function connect(page) {
  return page.getByRole("button", { name: "Connect to" }).click();
}

export function same(got, want) {
  if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

// The log line of an answer may come a moment after the answer.
async function onlyMcp(requests, status) {
  for (let i = 0; i < 50 && !requests.at(-1)?.endsWith(` ${status} from a page`); i++) await new Promise((done) => setTimeout(done, 20));
  if (!requests.at(-1)?.endsWith(` ${status} from a page`)) throw new Error(`the last of ${JSON.stringify(requests)} is not ${status}`);
  same(requests.filter((line) => !line.startsWith("POST /mcp ")), []);
}
