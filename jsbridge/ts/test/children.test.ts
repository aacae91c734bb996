import assert from "node:assert/strict";
import { test } from "node:test";
import type { Effect, Spawn } from "../src/msg.gen.js";
import type { ProcessDriver, ProcessSink } from "../src/processes.js";
import { CoreRig } from "./core-rig.js";

const spawn = (id: number): Effect => ({ spawn: { id, session: 1, command: "c", args: [], env: [], dir: "" } });

class ManualProcesses implements ProcessDriver {
  readonly sinks: ProcessSink[] = [];
  readonly told: string[] = [];
  start(effect: Spawn, _env: unknown, sink: ProcessSink) {
    if (effect.id === 666) throw new Error("broken");
    this.sinks.push(sink);
    return {
      write: (data: Uint8Array): void => void this.told.push(`${effect.id} ${Buffer.from(data).toString()}`),
      stop: (how: string): void => void this.told.push(`${effect.id} ${how}`),
    };
  }
  close(): void {
    this.told.push("close");
  }
}

test("a host that cannot start processes says so", async () => {
  const rig = new CoreRig();
  await rig.tell(spawn(7), { write: { id: 7, data: new Uint8Array(1) } }, { stop: { id: 7, how: "kill" } });
  assert.deepEqual(rig.of("end"), [{ id: 7, failure: { kind: "unsupported", detail: "this host cannot start processes", sent: false } }]);
});

test("writes and stops reach their process, output comes in pieces, the end comes once", async () => {
  const processes = new ManualProcesses();
  const rig = new CoreRig(undefined, { processes });
  await rig.tell(spawn(7), spawn(8), { write: { id: 8, data: Buffer.from("hi") } }, { stop: { id: 7, how: "close" } });
  assert.deepEqual(processes.told, ["8 hi", "7 close"]);
  const [sink] = processes.sinks as [ProcessSink];
  const steps = rig.fake.batches.length;
  const taken = sink.stdout(new Uint8Array(100_000));
  assert.equal(rig.fake.batches.length, steps, "not before it is stepped");
  await taken;
  assert.equal(rig.fake.batches.length, steps + 1);
  await sink.stderr(Buffer.from("e"));
  sink.end();
  sink.end({ kind: "exit", detail: "", sent: true });
  await sink.stdout(Buffer.from("late"));
  await rig.tell({ write: { id: 7, data: Buffer.from("late") } });
  assert.deepEqual(rig.of("body").map((b) => b.data.length), [65_536, 34_464]);
  assert.deepEqual(rig.of("stderr").map((b) => [b.id, b.data.length]), [[7, 1]]);
  assert.deepEqual(rig.of("end"), [{ id: 7, failure: undefined }]);
  assert.equal(processes.told.length, 2);
});

test("a process driver that throws is a process that did not start", async () => {
  const rig = new CoreRig(undefined, { processes: new ManualProcesses() });
  await rig.tell(spawn(666));
  assert.deepEqual(rig.of("end"), [{ id: 666, failure: { kind: "spawn", detail: "broken", sent: false } }]);
});

test("close ends every process in a step that the core sees, and closes the process driver once", async () => {
  const processes = new ManualProcesses();
  const rig = new CoreRig(undefined, { processes });
  await rig.tell(spawn(7), spawn(8));
  await rig.core.close();
  await rig.core.close();
  assert.deepEqual(rig.of("end").map((e) => [e.id, e.failure?.kind]), [[7, "aborted"], [8, "aborted"]]);
  assert.deepEqual(processes.told, ["close"]);
  await processes.sinks[0]?.stdout(Buffer.from("late"));
});
