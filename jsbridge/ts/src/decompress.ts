import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { failure } from "./http.js";
import type { HttpSink } from "./http.js";
import { FAIL_LIMIT, FAIL_RESET } from "./msg.gen.js";

/** The most content that one response may unfold to, in bytes. */
const MAX_BYTES = 64 << 20;
/** How many times its compressed size content may be; small content may be more. */
const MAX_RATIO = 200;
const RATIO_FROM = 1 << 20;

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** decoded passes a response's content on as it comes, unfolded if it is compressed. */
export function decoded(response: IncomingMessage, sink: Pick<HttpSink, "body" | "end">): void {
  const coding = (response.headers["content-encoding"] ?? "").trim().toLowerCase();
  const make = DECODERS[coding];
  if (make === undefined) {
    response.on("data", (data: Buffer) => sink.body(data));
    response.on("end", () => sink.end());
    return;
  }
  unfold(response, make(), sink);
}

function unfold(response: IncomingMessage, decoder: Transform, sink: Pick<HttpSink, "body" | "end">): void {
  let folded = 0;
  let unfolded = 0;
  response.on("data", (data: Buffer) => {
    folded += data.length;
  });
  decoder.on("data", (data: Buffer) => {
    unfolded += data.length;
    const bomb = unfolded > RATIO_FROM && unfolded > MAX_RATIO * folded;
    if (!bomb && unfolded <= MAX_BYTES) {
      sink.body(data);
      return;
    }
    decoder.destroy();
    sink.end(failure(FAIL_LIMIT, `compressed content unfolds to more than ${unfolded} bytes`, true));
  });
  decoder.on("end", () => sink.end());
  decoder.on("error", (e) => sink.end(failure(FAIL_RESET, e.message, true)));
  response.pipe(decoder);
}
