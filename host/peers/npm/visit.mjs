// What the npm package headfast does with one server, in Node and in a page alike: connect, list, call, close.
export async function visit(open, { config, tool, args }) {
  const core = await open({ client: { name: "peers", title: "Peers", version: "1" } });
  try {
    const loaded = await core.load({ path: ".mcp.json", text: config });
    const session = await core.connect(loaded.id, loaded.servers[0].name);
    const tools = (await session.listTools()).map(({ name }) => name);
    const progress = [];
    const result = tool ? await session.callTool(tool, args, { onProgress: (p) => progress.push(p.progress) }) : undefined;
    const { revision, transport } = session.state;
    await session.close();
    return { tools, result, progress, revision, transport };
  } catch (e) {
    if (e.name !== "HeadfastError") throw e;
    const { code, title, body, hint, status, outcome, where } = e;
    return { error: { code, title, message: body, hint, status, outcome, where: `${where.file}:${where.line}` } };
  } finally {
    await core.close();
  }
}
