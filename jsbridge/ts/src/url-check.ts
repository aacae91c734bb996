/** What may be shown to the person and, if they agree, opened. */
export interface CheckedUrl {
  /** The URL as a browser will read it: show all of it. */
  href: string;
  /** The part that says whose it is: show it so that it stands out. */
  host: string;
  /** What the person should know, in sentences: that the name is not plain ASCII. */
  warnings: string[];
}

/**
 * checkUrl decides whether a URL from a server may be opened at all: https, or http on this machine, and no user
 * name before the host, which makes one site look like another (MCP 2026-07-28, client/elicitation, "Safe URL
 * Handling").
 *
 * @throws RangeError that says why not
 */
export function checkUrl(text: string): CheckedUrl {
  const url = parse(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback(url.hostname))) {
    throw new RangeError("only https is opened, or http on this machine");
  }
  if (url.username !== "" || url.password !== "") throw new RangeError("the URL hides its host behind a user name");
  const odd = url.hostname.split(".").some((label) => label.startsWith("xn--"));
  const warnings = odd ? [`${url.hostname} stands for a name in other letters, which may look like another one`] : [];
  return { href: url.href, host: url.host, warnings };
}

/**
 * openable is a URL that passes {@link checkUrl}, as a browser will read it. It has no space, quote, bracket or
 * backtick and is plain ASCII, so that nothing on the way to a browser can take a part of it for something else.
 *
 * @throws RangeError that says why it may not be opened
 */
export function openable(text: string): string {
  const { href } = checkUrl(text);
  if (/[^!-~]|["'<>`]/.test(href)) throw new RangeError("the URL has a character that has to be percent-encoded");
  return href;
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new RangeError("this is no URL");
  }
}

/** RFC 6761 section 6.3, RFC 8252 section 7.3. URL has made addresses canonical. */
function loopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
