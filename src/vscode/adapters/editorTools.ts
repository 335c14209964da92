/** Tools of servers that the editor has, where it lets extensions call them. It may ask the person itself before it does. */
import * as vscode from 'vscode';
import type { EditorTools } from '../../core/mcp/ports';
import { toolsOfServers } from '../../core/mcp/toolsOfServers';
import { type AbortSignal, onAbort } from '../../core/util/abort';

/** Undefined: this editor knows none. */
export function createEditorTools(): EditorTools | undefined {
  const lm: Partial<typeof vscode.lm> | undefined = vscode.lm;
  if (!lm?.tools || !lm.invokeTool) return undefined;
  return {
    list: () =>
      toolsOfServers(lm.tools ?? []).map(({ name, description, inputSchema }) => ({
        name,
        description,
        inputSchema: { type: 'object', ...inputSchema },
      })),
    async call(name, input, signal) {
      const source = new vscode.CancellationTokenSource();
      const given = typeof input === 'object' && input !== null ? input : {};
      const options = { input: given, toolInvocationToken: undefined };
      try {
        const result = await untilStopped(lm.invokeTool?.(name, options, source.token), signal, source);
        return { ok: true, text: (result?.content ?? []).map(textOf).join('\n') };
      } finally {
        source.dispose();
      }
    },
  };
}

/** Who stops does not wait for a server that does not. */
function untilStopped<T>(
  running: Thenable<T> | undefined,
  signal: AbortSignal,
  source: vscode.CancellationTokenSource,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => {
      source.cancel();
      reject(signal.reason);
    });
    Promise.resolve(running).then(resolve, reject).finally(release);
  });
}

function textOf(part: unknown): string {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  if (typeof part !== 'object' || part === null) return '';
  return 'mimeType' in part ? `[${part.mimeType}; not shown]` : JSON.stringify(part);
}
