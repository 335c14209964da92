/** A page that needs nothing else: readable without script, in the dark, on paper. */

const STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --dim: #59636e; --paper: #ffffff; --line: #d1d9e0; --soft: #f6f8fa; --good: #1a7f37; --warn: #9a6700; --bad: #d1242f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9198a1; --paper: #0d1117; --line: #30363d; --soft: #151b23; --good: #3fb950; --warn: #d29922; --bad: #f85149; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 64px; font: 14px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 20px; margin: 0 0 4px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
ul { padding-left: 20px; }
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
`;

export interface HtmlPage {
  readonly title: string;
  /** Over the rules that all pages share, whose colours have names: `--ink`, `--dim`, `--line`, `--soft`, `--good`, `--warn`, `--bad`. */
  readonly style: string;
  readonly body: string;
  readonly script?: string;
}

export function htmlPage({ title, style, body, script }: HtmlPage): string {
  const scripts = script === undefined ? '' : "; script-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${scripts}">
<title>${escaped(title)}</title>
<style>${STYLE}${style}@media print { body { max-width: none; } }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
${script === undefined ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
}

/** As text of an element or of an attribute in quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
