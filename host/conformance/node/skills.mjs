// Agent Skills over MCP (SEP-2640), with nothing but a session's requests: a small counterpart of package
// host/skills, for the suite. A skill that is not what its entry says is not loaded, and none of its files is read.
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

/** listSkills gives all entries, over all pages, and reads no file ("Lazy Retrieval"). */
export async function listSkills(session) {
  const all = [];
  for (let cursor; ;) {
    const page = await session.request("skills/list", cursor === undefined ? {} : { cursor });
    all.push(...page.skills);
    if (typeof page.nextCursor !== "string") return all;
    cursor = page.nextCursor;
  }
}

/** loadSkills loads every skill and reads all its files; it throws the first error once all have been tried. */
export async function loadSkills(session) {
  let failed;
  for (const skill of await listSkills(session)) {
    try {
      const text = await readFile(session, skill, skill.uri);
      if (!isDeepStrictEqual(frontmatter(text.toString("utf8")), skill.frontmatter)) throw new Error(`${skill.uri}: the frontmatter differs`);
      for (const { uri } of skill.resources) await readFile(session, skill, uri);
    } catch (e) {
      failed ??= e;
    }
  }
  if (failed !== undefined) throw failed;
}

/** readFile gives a listed file's bytes, verified ("Verification on Read"). */
async function readFile(session, { resources }, uri) {
  const listed = resources.find((file) => file.uri === uri);
  if (listed === undefined) throw new Error(`${uri} is not listed`);
  const { contents } = await session.request("resources/read", { uri });
  const [{ text, blob }] = contents;
  const bytes = text === undefined ? Buffer.from(blob, "base64") : Buffer.from(text, "utf8");
  if (bytes.length !== listed.size) throw new Error(`${uri} has ${bytes.length} bytes, not ${listed.size}`);
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  if (digest !== listed.digest) throw new Error(`${uri} has the digest ${digest}, not ${listed.digest}`);
  return bytes;
}

/** frontmatter reads lines "key: plain text". More of YAML than that is an error, never a guess. */
function frontmatter(text) {
  const block = /^---\n([\s\S]*?)\n---(\n|$)/.exec(text)?.[1];
  if (block === undefined) throw new Error("there is no frontmatter");
  return Object.fromEntries(block.split("\n").map((line) => {
    const [, key, value] = /^([a-z][a-z-]*): ([A-Za-z][^#:"']*)$/.exec(line) ?? [];
    if (key === undefined || /^(true|false|null|yes|no)$/i.test(value)) throw new Error(`frontmatter that is not understood: ${line}`);
    return [key, value.trimEnd()];
  }));
}
