// A headless Chromium that asks nobody anything, and notes every request to another host than this one.
const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])$|\.localhost$/;

export async function openBrowser(chromium, executablePath) {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
}

// Returns the list of foreign origins, which grows as the page asks for them.
export function watchForeign(page) {
  const foreign = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && !LOCAL.test(url.hostname)) foreign.push(url.origin);
  });
  return foreign;
}
