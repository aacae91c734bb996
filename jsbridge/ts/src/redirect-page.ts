/** What every answer of a redirect's listener has, whatever the request was. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
  Connection: "close",
};

/** For what is no redirect at all. It tells nothing, since anybody may have come. */
export const NOTHING_HERE = page("Nothing is here", "This address is no page.");

/**
 * redirectPage is one of three pages, by the core's status: 200, 409, or 400, which any other is. It has nothing of
 * the request in it, and does not say how the sign-in went: only the program that waits for it knows.
 *
 * @param server - the configured name of the server
 */
export function redirectPage(status: number, server: string): string {
  const name = `<strong>${escaped(server)}</strong>`;
  if (status === 200) return page("You can close this page", `The answer for ${name} has arrived. Go on in the program that you came from.`);
  if (status === 409) return page("This was here before", `The answer for ${name} had arrived already. Nothing was done with this one.`);
  return page("This is not what was awaited", `A sign-in to ${name} waits for its answer, and this is another. Nothing was done with it.`);
}

function page(title: string, body: string): string {
  return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${body}</p></html>\n`;
}

/** Characters that are not seen, such as those that turn the writing round, are shown as what they are: none. */
function escaped(text: string): string {
  const seen = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd");
  return seen.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
