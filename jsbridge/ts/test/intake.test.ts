import assert from "node:assert/strict";
import { test } from "node:test";
import { Intake } from "../src/intake.js";

test("what is stored counts among the bytes of a batch", () => {
  const intake = new Intake();
  for (let id = 1; id <= 4; id++) intake.push({ stored: { id, found: true, value: "x".repeat(5 << 20) } });
  assert.deepEqual([intake.take().length, intake.take().length, intake.empty], [2, 2, true]);
});
