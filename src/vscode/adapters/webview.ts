/** The frame of every webview: one script, one style sheet, nothing from outside. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { MessageChannel } from '../../protocol/channel';

/** What a webview may load: our bundle's folder only. */
export function webviewOptions(context: vscode.ExtensionContext): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview')],
  };
}

export function webviewHtml(
  context: vscode.ExtensionContext,
  webview: vscode.Webview,
  name: 'review' | 'trace' | 'run' | 'agent' | 'mcp' | 'preview',
  title: string,
): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (extension: string) =>
    webview
      .asWebviewUri(vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview', `${name}.${extension}`))
      .toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // Diagrams are measured by their own styles; no other document needs that.
    `style-src ${webview.cspSource}${name === 'preview' ? " 'unsafe-inline'" : ''}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${file('css')}">
<title>${title}</title>
</head>
<body>
<div id="root" data-earshot="${name}"></div>
<script nonce="${nonce}" src="${file('js')}"></script>
</body>
</html>`;
}

/** Our end of the wire. A message is let in when its type is one that we know; its fields are used as data only. */
export function channelOf<Out, In extends { readonly type: string }>(
  webview: vscode.Webview,
  types: { readonly [Type in In['type']]: true },
): MessageChannel<Out, In> {
  const wire = {
    post: (message: unknown) => void webview.postMessage(message),
    onMessage: (listener: (message: unknown) => void) => webview.onDidReceiveMessage(listener),
  };
  const accepts = (message: unknown): message is In => {
    const type = (message as { type?: unknown } | null)?.type;
    return typeof type === 'string' && Object.hasOwn(types, type);
  };
  return new MessageChannel(wire, accepts);
}
