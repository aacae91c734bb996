import { BlockList, isIP } from "node:net";
import { CODE_USAGE, HeadfastError, reason } from "./errors.js";

/** Variables by their names. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Finds the proxy for a URL; undefined is none. */
export type ProxyChoice = (url: URL) => URL | undefined;

/**
 * chooseProxy follows the rules of Go's net/http, as Headfast's other driver does; host/testdata/proxies.json
 * has the cases of both.
 *
 * @param setting - undefined or "" for the variables, "none", or a URL for every server
 * @throws HeadfastError if a URL cannot be used. It may hold a password, so the error names its variable only
 */
export function chooseProxy(setting: string | undefined, env: Variables): ProxyChoice {
  if (setting === "none") return () => undefined;
  if (setting !== undefined && setting !== "") {
    const all = proxyURL("the option proxy", setting);
    return (url) => (isLoopback(url) ? undefined : all);
  }
  const secure = proxyURL("the variable HTTPS_PROXY", either(env, "HTTPS_PROXY"));
  const plain = proxyURL("the variable HTTP_PROXY", plainProxy(env));
  const excluded = either(env, "NO_PROXY").split(",").map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== "");
  return (url) => (isLoopback(url) || excluded.some((entry) => matches(entry, url)) ? undefined : url.protocol === "https:" ? secure : plain);
}

/** In a CGI script HTTP_PROXY is a header that a client made up: https://httpoxy.org. */
function plainProxy(env: Variables): string {
  return env["REQUEST_METHOD"] ? (env["http_proxy"] ?? "") : either(env, "HTTP_PROXY");
}

function either(env: Variables, name: string): string {
  return env[name] || env[name.toLowerCase()] || "";
}

function proxyURL(where: string, text: string): URL | undefined {
  if (text === "") return undefined;
  const full = text.includes("://") ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url !== undefined && url.hostname !== "" && (url.protocol === "http:" || url.protocol === "https:")) return url;
  throw new HeadfastError(reason(
    CODE_USAGE, "caller", "The proxy cannot be used",
    `${where} is not the URL of an HTTP proxy, such as http://proxy.example:3128`,
  ));
}

/** The host of a URL without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** The port of a URL, its scheme's where it has none. */
export function portOf(url: URL): number {
  return url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
}

function isLoopback(url: URL): boolean {
  const host = hostOf(url);
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** One entry of NO_PROXY: *, an address, a range (192.0.2.0/24), a domain; all but a range with or without a port. */
function matches(entry: string, url: URL): boolean {
  if (entry === "*") return true;
  const host = hostOf(url);
  if (entry.includes("/")) return isIP(host) !== 0 && inRange(entry, host);
  const [, name = entry, port] = isIP(entry) === 6 ? [] : (/^(.*):(\d+)$/.exec(entry) ?? []);
  if (port !== undefined && Number(port) !== portOf(url)) return false;
  const domain = name.replace(/^\[|\]$/g, "").replace(/^\*\./, ".");
  return host === domain || host.endsWith(domain.startsWith(".") ? domain : `.${domain}`);
}

function inRange(range: string, host: string): boolean {
  const [net = "", bits = ""] = range.split("/");
  const family = isIP(net) === 6 ? "ipv6" : "ipv4";
  const list = new BlockList();
  try {
    list.addSubnet(net, Number(bits), family);
  } catch {
    return false; // no range: as everywhere, an entry that means nothing excludes nothing
  }
  return list.check(host, isIP(host) === 6 ? "ipv6" : "ipv4");
}
