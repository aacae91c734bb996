import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { failure } from "./http.js";
import type { HttpSink } from "./http.js";
import { FAIL_LIMIT, FAIL_RESET, FAIL_UNSUPPORTED } from "./msg.gen.js";
import type { Failure } from "./msg.gen.js";

/** The most content that one response may unfold to, in bytes. host/decompress.go has the same bounds. */
const MAX_BYTES = 64 << 20;
/** How many times its compressed size content may be, once it is more than RATIO_FROM bytes. */
const MAX_RATIO = 100;
const RATIO_FROM = 1 << 20;

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * decoded passes a response's content on as it comes: unfolded, within bounds, if it is compressed although
 * Accept-Encoding asks for identity.
 */
export function decoded(response: IncomingMessage, sink: Pick<HttpSink, "body" | "end">): void {
  const coding = (response.headers["content-encoding"] ?? "").trim().toLowerCase();
  if (coding === "" || coding === "identity") {
    response.on("data", (data: Buffer) => sink.body(data));
    response.on("end", () => sink.end());
    return;
  }
  const make = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
  if (make === undefined) sink.end(refused(coding));
  else unfold(response, make(), sink);
}

/** The codings that an error names; host/decompress.go has the same, and br. */
const NAMED = new Set(["aws-chunked", "compress", "dcb", "dcz", "exi", "pack200-gzip", "x-compress", "zstd"]);

/**
 * An error quotes nothing that the server made up: that may be the key it was sent, and a part of a key is not known
 * as one when secrets are taken out of the text.
 */
function refused(coding: string): Failure {
  if (coding.includes(",")) return failure(FAIL_LIMIT, "its content is compressed more than once", true);
  const detail = NAMED.has(coding)
    ? `its content is compressed with ${coding}, which was not asked for and is not supported`
    : "its content is compressed in a way that is not known, and was not asked for";
  return failure(FAIL_UNSUPPORTED, detail, true);
}

function unfold(response: IncomingMessage, decoder: Transform, sink: Pick<HttpSink, "body" | "end">): void {
  let folded = 0;
  let unfolded = 0;
  response.on("data", (data: Buffer) => {
    folded += data.length;
  });
  decoder.on("data", (data: Buffer) => {
    const before = unfolded;
    unfolded += data.length;
    const bomb = unfolded > RATIO_FROM && unfolded > MAX_RATIO * folded;
    if (!bomb && unfolded <= MAX_BYTES) {
      sink.body(data);
      return;
    }
    decoder.destroy();
    sink.end(failure(FAIL_LIMIT, `${folded} bytes of compressed content unfold to more than ${before}`, true));
  });
  decoder.on("end", () => sink.end());
  // content of no bytes is no error
  decoder.on("error", (e) => sink.end(folded === 0 ? undefined : failure(FAIL_RESET, e.message, true)));
  response.pipe(decoder);
}
