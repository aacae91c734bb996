import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryAccounts } from "../src/account-store.js";
import type { Effect } from "../src/msg.gen.js";
import type { AskAgreement } from "../src/trust.js";
import { CoreRig, told } from "./core-rig.js";
import { turns } from "./fake.js";

const where = { file: ".mcp.json", line: 3, column: 5 };
const facts = [{ name: "url", text: "https://acme.example", state: "new" }];
const agree = (id: number): Effect => ({ agree: { id, session: 1, server: "acme", where, facts, changed: false } });

async function answered(ask: AskAgreement | undefined): Promise<unknown> {
  const rig = new CoreRig(undefined, { agree: ask });
  await rig.tell(agree(5));
  await turns();
  return rig.of("agreed");
}

test("who is asked agrees with true and with nothing else; where nobody is asked nobody agrees", async () => {
  const seen: unknown[] = [];
  assert.deepEqual(await answered((agreement) => (seen.push(agreement.server, agreement.facts), true)), [{ id: 5, given: true }]);
  assert.deepEqual(seen, ["acme", facts]);
  assert.deepEqual(await answered(async () => true), [{ id: 5, given: true }]);
  for (const ask of [undefined, () => false, () => "yes", () => undefined, () => { throw new Error("x"); }, () => Promise.reject(new Error("x"))]) {
    assert.deepEqual(await answered(ask as AskAgreement | undefined), [{ id: 5, given: false }]);
  }
});

test("a question that is taken back, or that the core's end ends, is answered no more", async () => {
  for (const end of [(rig: CoreRig) => rig.tell({ withdraw: { id: 5 } }), (rig: CoreRig) => rig.core.close()]) {
    let aborted = false;
    let settle: (given: boolean) => void = () => undefined;
    const rig = new CoreRig(undefined, {
      agree: (_, { signal }) => {
        signal.addEventListener("abort", () => { aborted = true; });
        return new Promise((resolve) => { settle = resolve; });
      },
    });
    await rig.tell(agree(5));
    await end(rig);
    settle(true);
    await turns();
    assert.deepEqual([aborted, rig.of("agreed")], [true, []]);
  }
});

test("what is agreed to is kept apart from sign-ins, is listed, and can be taken back", async () => {
  const accounts = new MemoryAccounts();
  const trust = new MemoryAccounts();
  const rig = new CoreRig(undefined, { accounts, trust });
  const value = JSON.stringify({ version: 1, digest: "d", server: "acme", file: "/p/.mcp.json", agreed: 7, facts: [["url", "u"]] });
  await rig.tell({ put: { id: 1, store: "trust", key: "k", value, delete: false } });
  await rig.tell({ get: { id: 2, store: "trust", key: "k" } }, { get: { id: 3, store: "accounts", key: "k" } });
  assert.deepEqual(rig.of("stored").map(told), [[1, false, "", ""], [2, true, value, ""], [3, false, "", ""]]);
  await trust.put("broken", "{");
  assert.deepEqual(await rig.core.trusted(), [
    { key: "k", server: "acme", file: "/p/.mcp.json", agreed: 7, facts: [{ name: "url", text: "u", state: "same" }] },
    { key: "broken", server: "", file: "", agreed: 0, facts: [] },
  ]);
  await rig.core.distrust("k");
  assert.deepEqual((await rig.core.trusted()).map(({ key }) => key), ["broken"]);
});
