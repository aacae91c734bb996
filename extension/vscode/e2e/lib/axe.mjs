// Asks axe what is wrong with a frame for people who do not see, or use no mouse: WCAG 2.2 A and AA, and best practice.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export async function violations(frame) {
  if (!(await frame.evaluate(() => "axe" in globalThis))) await frame.evaluate(await readFile(source, "utf8"));
  const found = await frame.evaluate(() => globalThis.axe.run());
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
}
