/** Tools of servers that the editor has, where it lets extensions call them. It may ask the person itself before it does. */
import * as vscode from 'vscode';
import type { EditorTools } from '../../core/mcp/ports';
import { onAbort } from '../../core/util/abort';

/** As the editor names what comes from a server; others are its own tools, which the agent has of ours. */
const OF_SERVERS = 'mcp_';
/** Those of `earshot mcp`, which we offer to it. */
const OURS = 'mcp_earshot_';

/** Undefined: this editor knows none. */
export function createEditorTools(): EditorTools | undefined {
  const lm: Partial<typeof vscode.lm> | undefined = vscode.lm;
  if (!lm?.tools || !lm.invokeTool) return undefined;
  return {
    list: () =>
      (lm.tools ?? [])
        .filter(({ name }) => name.startsWith(OF_SERVERS) && !name.startsWith(OURS))
        .map(({ name, description, inputSchema }) => ({
          name,
          description,
          inputSchema: { type: 'object', ...inputSchema },
        })),
    async call(name, input, signal) {
      const source = new vscode.CancellationTokenSource();
      const release = onAbort(signal, () => source.cancel());
      try {
        const given = typeof input === 'object' && input !== null ? input : {};
        const options = { input: given, toolInvocationToken: undefined };
        const result = await lm.invokeTool?.(name, options, source.token);
        return { ok: true, text: (result?.content ?? []).map(textOf).join('\n') };
      } finally {
        release();
        source.dispose();
      }
    },
  };
}

function textOf(part: unknown): string {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  if (typeof part !== 'object' || part === null) return '';
  return 'mimeType' in part ? `[${part.mimeType}; not shown]` : JSON.stringify(part);
}
