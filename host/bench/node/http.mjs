// The floor: node:http and JSON.parse.
import http from "node:http";
import { body, contender, headers } from "./bare.mjs";
import { lap } from "./lap.mjs";

await lap(async (url) => {
  const agent = new http.Agent({ keepAlive: true });
  const post = (method, name, params) =>
    new Promise((resolve, reject) => {
      const request = http.request(url, { method: "POST", agent, headers: headers(method, name) }, resolve);
      request.on("error", reject).end(body(method, params));
    });
  const stream = async (method, name, params, onText) => {
    const response = await post(method, name, params);
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
    response.setEncoding("utf8").on("data", onText);
    await new Promise((resolve, reject) => response.on("end", resolve).on("error", reject));
  };
  const ask = async (method, name, params) => {
    const pieces = [];
    await stream(method, name, params, (piece) => pieces.push(piece));
    return JSON.parse(pieces.join(""));
  };
  return contender({ ask, stream, close: () => agent.destroy() });
});
