import assert from "node:assert/strict";
import { test } from "node:test";
import type { Account, Input } from "../src/msg.gen.js";
import { CoreRig, done, problem } from "./core-rig.js";

const ACCOUNT: Account = {
  key: "https://s.test/mcp work", url: "https://s.test/mcp", profile: "work", issuer: "https://as.test", resource: "https://s.test/mcp",
  client: "c", scope: "a b", scheme: "DPoP", fingerprint: "cdef", expires: 1_800_000_000_000, refreshes: true, problem: "",
};

/** Answers every login, logout and tokens as the test says. */
const answering = (part: Parameters<typeof done>[1]) => ({ login, logout, tokens }: Input) => {
  const id = login?.id ?? logout?.id ?? tokens?.id;
  return id === undefined ? [] : [done(id, part)];
};

test("login and logout name the server and the account, and resolve with nothing", async () => {
  const rig = new CoreRig(answering({}));
  assert.equal(await rig.core.login(7, "s"), undefined);
  assert.equal(await rig.core.login(7, "s", { profile: "work" }), undefined);
  assert.equal(await rig.core.login(7, "s", { device: true }), undefined);
  assert.equal(await rig.core.logout(7, "s"), undefined);
  assert.equal(await rig.core.logout(7, "s", { profile: "work" }), undefined);
  assert.equal(await rig.core.logoutAccount(ACCOUNT.key), undefined);
  assert.deepEqual(rig.of("login").map(({ id, ...rest }) => rest), [
    { config: 7, server: "s", profile: "", grant: "" }, { config: 7, server: "s", profile: "work", grant: "" },
    { config: 7, server: "s", profile: "", grant: "device_code" },
  ]);
  assert.deepEqual(rig.of("logout").map(({ id, ...rest }) => rest), [
    { config: 7, server: "s", profile: "", key: "" }, { config: 7, server: "s", profile: "work", key: "" },
    { config: 0, server: "", profile: "", key: ACCOUNT.key },
  ]);
  const ids = [...rig.of("login"), ...rig.of("logout")].map((input) => input.id);
  assert.equal(new Set(ids).size, 6);
});

test("warnings are told, a failure rejects with its reason and its outcome", async () => {
  const warned: string[] = [];
  const onWarning = (warning: { code: string }): void => void warned.push(warning.code);
  const rig = new CoreRig(answering({ problems: [problem("HF120")] }));
  await rig.core.login(7, "s", { onWarning });
  await rig.core.logout(7, "s", { onWarning });
  await rig.core.logoutAccount("k", { onWarning });
  assert.deepEqual(warned, ["HF120", "HF120", "HF120"]);
  const failing = new CoreRig(answering({ outcome: "not_sent", error: problem("HF104", "error") }));
  for (const call of [failing.core.login(7, "s"), failing.core.logout(7, "s"), failing.core.logoutAccount("k")]) {
    await assert.rejects(call, { name: "HeadfastError", code: "HF104", outcome: "not_sent" });
  }
});

test("a signal cancels a login and a logout", async () => {
  const rig = new CoreRig(({ cancel }) => (cancel === undefined || cancel.id === 0 ? [] : [done(cancel.id, { outcome: "cancelled" })]));
  for (const call of [
    (signal: AbortSignal) => rig.core.login(7, "s", { signal }), (signal: AbortSignal) => rig.core.logout(7, "s", { signal }),
    (signal: AbortSignal) => rig.core.logoutAccount("k", { signal }),
  ]) {
    const controller = new AbortController();
    const rejected = assert.rejects(call(controller.signal), { outcome: "cancelled", cause: "enough" });
    controller.abort("enough");
    await rejected;
    await assert.rejects(call(AbortSignal.abort("before")), { outcome: "cancelled", cause: "before" });
  }
});

test("tokens are the accounts that the core tells, or the reason why it cannot", async () => {
  const rig = new CoreRig(({ tokens }) => (tokens === undefined ? [] : [{ accounts: { id: tokens.id, accounts: [ACCOUNT] } }]));
  assert.deepEqual(await rig.core.tokens(), [ACCOUNT]);
  const failing = new CoreRig(answering({ outcome: "not_sent", error: problem("HF130", "error") }));
  await assert.rejects(failing.core.tokens(), { name: "HeadfastError", code: "HF130" });
  await rig.core.close();
  await assert.rejects(rig.core.tokens(), { code: "HF301" });
});
