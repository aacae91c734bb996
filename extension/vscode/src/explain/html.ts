/** The empty page of the Explain view. Nothing of a file or a server is in it: what there is to show is told to its script. */

/**
 * The script is in the page, since one at an address is asked for over the network's way.
 *
 * @param nonce - of this page alone
 */
export function html({ script, nonce, lang }: { script: string; nonce: string; lang: string }): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${attribute(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Headfast</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<p role="status" class="unseen"></p>
<main></main>
<script nonce="${nonce}">${script.replaceAll("</", "<\\/")}</script>
</body>
</html>
`;
}

/** A value that cannot be foreseen, in letters and digits. */
export function makeNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function attribute(text: string): string {
  return text.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The theme's colours alone. A colour never says anything that a word does not. */
const style = `
body { margin: 0; padding: 8px 20px 32px; color: var(--vscode-foreground); background: var(--vscode-editor-background);
  font: var(--vscode-font-size, 13px)/1.5 var(--vscode-font-family, sans-serif); overflow-wrap: anywhere; }
main { max-width: 72rem; }
h1 { font-size: 1.5em; font-weight: 600; margin: 8px 0; }
h2 { font-size: 1.15em; font-weight: 600; margin: 24px 0 8px; }
p { margin: 4px 0; }
code { font-family: var(--vscode-editor-font-family, monospace); color: inherit; background: none; padding: 0; }
small { font-size: .92em; color: var(--vscode-descriptionForeground); }
ol { list-style: none; margin: 0; padding: 0; }
li { padding: 4px 0 4px 12px; border-left: 3px solid var(--vscode-descriptionForeground); margin: 4px 0; }
li.lost { border-left-style: dotted; }
li.won { border-left: 6px solid var(--vscode-testing-iconPassed, var(--vscode-foreground)); padding-left: 9px; }
li.bad, p.bad { border-left: 6px double var(--vscode-errorForeground, var(--vscode-foreground)); padding-left: 9px; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--vscode-descriptionForeground); padding-bottom: 4px; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; font-weight: 400;
  border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-descriptionForeground))); }
thead th, tbody th { font-weight: 600; }
button { font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; padding: 2px; text-align: left;
  text-decoration: underline; cursor: pointer; }
button:hover { color: var(--vscode-textLink-activeForeground); }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
