// CHROMIUM=… browser.mjs: one Chromium. For each line of its input, {"address","person"}, it opens the page in a
// context of its own, signs in, consents, and prints a line that says where it ended. Nothing but this machine is
// reached.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { openBrowser } from "../../../web/e2e/lib/browser.mjs";

const MAX_PAGES = 15;
const NO = /cancel|abort|deny/i;
const browser = await openBrowser(chromium, process.env.CHROMIUM);
try {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await visit(JSON.parse(line)).catch((e) => ({ broken: String(e?.stack ?? e) }))));
  }
} finally {
  await browser.close();
}

async function visit({ address, person }) {
  const home = new URL(address).origin;
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await fence(context, page, (url) => url.hostname === "127.0.0.1" && !(person.stays && url.origin !== home));
    const pages = [];
    let redirect;
    page.on("request", (request) => {
      if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
      const url = new URL(request.url());
      pages.push(`${request.method()} ${url.pathname}`);
      if (url.origin !== home) redirect ??= request;
    });
    await settle(page, () => page.goto(address));
    let denied = false;
    while (!redirect && !denied && pages.length < MAX_PAGES) {
      const refuse = page.locator("a, button").filter({ hasText: NO }).first();
      denied = person.denies && (await refuse.count()) > 0;
      const next = denied ? () => refuse.click() : await nextStep(page, person);
      if (!next) break;
      await settle(page, next);
    }
    return { pages, ...(redirect ? await arrived(redirect, page) : { url: page.url(), body: await page.content() }) };
  } finally {
    await context.close();
  }
}

// fence lets a page reach what it may. Playwright's own routes see no redirects, so it is done one storey below.
async function fence(context, page, may) {
  const session = await context.newCDPSession(page);
  session.on("Fetch.requestPaused", ({ requestId, request }) => {
    const so = may(new URL(request.url)) ? session.send("Fetch.continueRequest", { requestId }) :
      session.send("Fetch.failRequest", { requestId, errorReason: "BlockedByClient" });
    so.catch(() => {}); // the page has gone
  });
  await session.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] });
}

// settle waits until what was done has led to a page, or to an address that nobody serves.
async function settle(page, act) {
  const over = Promise.race([page.waitForEvent("load"), page.waitForEvent("requestfailed", (r) => r.isNavigationRequest())]);
  await Promise.all([over, act().catch((e) => { if (!/net::ERR|interrupted|aborted/i.test(e.message)) throw e; })]);
}

// nextStep is what the person does with a page; undefined where there is nothing to do.
async function nextStep(page, person) {
  for (const field of await page.locator("input:visible").all()) {
    const name = await field.getAttribute("name");
    if (!(await field.inputValue())) await field.fill(name.includes("password") ? person.password : person.login);
  }
  const button = page.locator("button:visible").first();
  return (await button.count()) ? () => button.click() : undefined;
}

async function arrived(request, page) {
  const response = await request.response();
  const at = { url: request.url(), redirected: true, status: response?.status() ?? 0, headers: await response?.headersArray() };
  if (!response) return at;
  return { ...at, body: await response.text(), title: await page.title() };
}
