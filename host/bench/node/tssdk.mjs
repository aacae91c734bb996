// The TypeScript SDK's client as a contender.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { lap } from "./lap.mjs";

await lap(async (url) => {
  const client = new Client({ name: "bench", version: "1" }, { versionNegotiation: { mode: "auto" } });
  return {
    async list() {
      await client.connect(new StreamableHTTPClientTransport(new URL(url)));
      const revision = client.getNegotiatedProtocolVersion();
      if (revision !== "2026-07-28") throw new Error(`the TypeScript SDK speaks ${revision}`);
      return (await client.listTools()).tools.length;
    },
    text: async (tool, args) => (await client.callTool({ name: tool, arguments: args })).content[0].text,
    flood: (onprogress) => client.callTool({ name: "echo", arguments: { text: "x" } }, { onprogress }),
    close: () => client.close(),
  };
});
