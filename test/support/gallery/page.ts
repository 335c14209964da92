/** Pages as the host makes them: the same policy, the same elements, and a stand-in for its interface. */
import type { ThemeName } from './themes';
import { themes } from './themes';

export type ViewName = 'review' | 'trace' | 'run' | 'agent' | 'mcp';

export interface PageOptions {
  readonly view: ViewName;
  readonly theme: ThemeName;
  /** Sent when the view says `ready`, in order. */
  readonly messages: readonly unknown[];
  readonly kept?: unknown;
  /** A font file is served at `/font.woff2`. */
  readonly font: boolean;
}

const NONCE = 'gallery';

/** What the host puts before every webview's own styles (shortened). */
const HOST_STYLE = `html { background: var(--gallery-background); }
@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { margin: 0; padding: 0 20px; color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family); }
  a, a code { color: var(--vscode-textLink-foreground); }
  a:focus, input:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code {
    color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background);
    padding: 1px 3px;
    border-radius: 4px;
  }
  pre code { padding: 0; }
  blockquote { background: var(--vscode-textBlockQuote-background); }
}`;

export function hostStyle(): string {
  return HOST_STYLE;
}

export function page(options: PageOptions): string {
  const { view, theme } = options;
  const policy = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'self'; font-src 'self'; img-src 'self' data:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${view} ${theme}</title>
<link rel="stylesheet" href="/host.css">
<link rel="stylesheet" href="/${view}.css">
</head>
<body class="${themes[theme].classes}">
<div id="root"></div>
<script nonce="${NONCE}">${standIn(options)}</script>
<script nonce="${NONCE}" src="/${view}.js"></script>
</body>
</html>`;
}

function standIn({ view, theme, messages, kept, font }: PageOptions): string {
  const { variables } = themes[theme];
  const background = variables[view === 'agent' ? 'sideBar-background' : 'editor-background'] ?? '';
  const json = (value: unknown): string => JSON.stringify(value ?? null).replaceAll('<', '\\u003c');
  return `
for (const [name, value] of Object.entries(${json(variables)})) {
  document.documentElement.style.setProperty('--vscode-' + name, value);
}
document.documentElement.style.setProperty('--gallery-background', ${json(background)});
if (${font}) {
  const face = new FontFace('Gallery', 'url(/font.woff2)', { weight: '100 900' });
  document.fonts.add(face);
  face.load();
}
window.posted = [];
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
window.errors = [];
window.addEventListener('error', (event) => window.errors.push(String(event.message)));
let kept = ${json(kept)};
window.acquireVsCodeApi = () => ({
  getState: () => kept ?? undefined,
  setState: (state) => { kept = state; },
  postMessage(message) {
    window.posted.push(message);
    if (message.type === 'ready') for (const each of ${json(messages)}) window.postMessage(each, '*');
  },
});`;
}
