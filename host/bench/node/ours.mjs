// Headfast's Node package as a contender.
import { lap } from "./lap.mjs";
import { open } from "../../../jsbridge/ts/dist/node.js";

const json = (url) => JSON.stringify({ mcpServers: { bench: { type: "http", url } } });

await lap(async (url) => {
  const core = await open({ client: { name: "bench", title: "Bench", version: "1" } });
  const { id } = await core.load({ path: ".mcp.json", text: json(url) });
  let session;
  return {
    async list() {
      session = await core.connect(id, "bench");
      return (await session.listTools()).length;
    },
    text: async (tool, args) => (await session.callTool(tool, args)).content[0].text,
    flood: (onProgress) => session.callTool("echo", { text: "x" }, { onProgress }),
    close: () => core.close(),
  };
});
