import assert from "node:assert/strict";
import { test } from "node:test";
import { Settled } from "../src/base/clock.js";
import { FakeClock } from "./fake.js";

test("what comes in quick succession runs once, when it has settled", () => {
  const clock = new FakeClock();
  let runs = 0;
  const settled = new Settled(clock, 200, () => runs++);
  settled.touch();
  clock.pass(150);
  settled.touch();
  clock.pass(150);
  assert.equal(runs, 0);
  clock.pass(50);
  assert.equal(runs, 1);
  settled.touch();
  settled.dispose();
  clock.pass(500);
  assert.equal(runs, 1);
});
