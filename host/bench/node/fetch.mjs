// The floor: fetch and its json().
import { body, contender, headers } from "./bare.mjs";
import { lap } from "./lap.mjs";

await lap(async (url) => {
  const post = async (method, name, params) => {
    const response = await fetch(url, { method: "POST", headers: headers(method, name), body: body(method, params) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response;
  };
  const stream = async (method, name, params, onText) => {
    const response = await post(method, name, params);
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) onText(piece);
  };
  const ask = async (method, name, params) => (await post(method, name, params)).json();
  return contender({ ask, stream, close: () => {} });
});
