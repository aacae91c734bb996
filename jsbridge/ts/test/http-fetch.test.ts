import assert from "node:assert/strict";
import { test } from "node:test";
import { FetchHttp } from "../src/http-fetch.js";
import { Signal, exchange, serve } from "./http-rig.js";

test("an exchange asks for nothing but what the core said", async () => {
  let init: RequestInit = {};
  const driver = new FetchHttp({
    fetch: (_, given) => {
      init = given ?? {};
      return Promise.resolve(new Response("ok", { status: 201, headers: { "X-A": "1" } }));
    },
  });
  const body = new Uint8Array([1]);
  const headers = [{ name: "Accept", value: "a" }];
  const told = await exchange(driver, { url: "https://s.example/", method: "POST", headers, body });
  assert.deepEqual([told.status, told.body.toString(), told.failure], [201, "ok", undefined]);
  assert.ok(told.headers.some((h) => h.name === "x-a" && h.value === "1"));
  const { signal, ...rest } = init;
  assert.equal(signal?.aborted, false);
  assert.deepEqual(rest, {
    method: "POST", headers: [["Accept", "a"]], body, redirect: "error",
    credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
  });
});

test("a TypeError before the answer is blocked; a break after it is a reset", async () => {
  const blocked = new FetchHttp({ fetch: () => Promise.reject(new TypeError("Failed to fetch")) });
  const before = await exchange(blocked, { url: "https://s.example/" });
  assert.deepEqual(before.failure, { kind: "blocked", detail: "Failed to fetch", sent: true });
  const broken = new ReadableStream({ pull: (c) => c.error(new TypeError("network error")) });
  const cut = new FetchHttp({ fetch: () => Promise.resolve(new Response(broken)) });
  const after = await exchange(cut, { url: "https://s.example/" });
  assert.deepEqual([after.status, after.failure?.kind], [200, "reset"]);
});

test("over loopback: a redirect's head is seen with manual, pieces are streamed, abort stops", async (t) => {
  const { url } = await serve(t, (req, res) => {
    if (req.url === "/moved") return void res.writeHead(307, { Location: "/" }).end();
    res.write("data: 1\n\n");
    setTimeout(() => res.write("data: 2\n\n"), 50);
  });
  const moved = await exchange(new FetchHttp({ redirect: "manual" }), { url: `${url}/moved` });
  assert.equal(moved.status, 307);
  assert.equal((await exchange(new FetchHttp(), { url: `${url}/moved` })).failure?.kind, "blocked");
  const signal = new Signal();
  let seen = 0;
  const told = await exchange(new FetchHttp(), { url }, { signal, onBody: () => ++seen === 2 && signal.abort() });
  assert.equal(told.pieces, 2);
  assert.equal(told.failure?.kind, "aborted");
});
