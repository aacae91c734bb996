// What the two floors share: they send what 2026-07-28 needs and no more.
const REVISION = "2026-07-28";
const PREFIX = "io.modelcontextprotocol/";

/** headers are those of a request for a method, in the order in which they are sent. */
export function headers(method, name) {
  return {
    "Content-Type": "application/json",
    Accept: "application/json, text/event-stream",
    "Mcp-Protocol-Version": REVISION,
    "Mcp-Method": method,
    ...(name === undefined ? {} : { "Mcp-Name": name }),
  };
}

/** body is the request as JSON. */
export function body(method, params) {
  const _meta = { [`${PREFIX}protocolVersion`]: REVISION, [`${PREFIX}clientCapabilities`]: {}, progressToken: 1 };
  return JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta } });
}

/** events parses every line of data that comes in pieces of text. */
export function events(onMessage) {
  let rest = "";
  return (piece) => {
    const lines = (rest + piece).split("\n");
    rest = lines.pop();
    for (const line of lines) if (line.startsWith("data: ")) onMessage(JSON.parse(line.slice(6)));
  };
}

/** contender makes a floor out of what gives an answer whole and what streams one. */
export function contender({ ask, stream, close }) {
  return {
    list: async () => (await ask("tools/list", undefined, {})).result.tools.length,
    text: async (name, args) => (await ask("tools/call", name, { name, arguments: args })).result.content[0].text,
    flood: (onProgress) =>
      stream("tools/call", "echo", { name: "echo", arguments: { text: "x" } }, events((message) => {
        if (message.method !== undefined) onProgress(message.params);
      })),
    close,
  };
}
