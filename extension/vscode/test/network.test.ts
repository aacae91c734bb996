import assert from "node:assert/strict";
import { test } from "node:test";
import { network } from "../src/network.js";

function settings(values: Record<string, string>) {
  return { get: <T>(name: string) => values[name] as T | undefined };
}

test("the proxy is that of VS Code's settings, else of the environment", () => {
  assert.deepEqual(network(settings({ proxySupport: "override", proxy: "http://proxy.example:3128" })), { proxy: "http://proxy.example:3128" });
  assert.deepEqual(network(settings({ proxySupport: "override", proxy: "" })), {});
  assert.deepEqual(network(settings({ proxySupport: "off", proxy: "http://proxy.example:3128" })), { proxy: "none" });
});
