/** Our own server of specs, for the editor's chat, where the editor takes servers from extensions. The editor asks before it starts one. */
import * as vscode from 'vscode';
import type { Host } from '../../host';

const PROVIDER = 'earshot.specs';

export function offerSpecServer({ context, core: { ports } }: Host): vscode.Disposable {
  const lm: Partial<typeof vscode.lm> | undefined = vscode.lm;
  if (!lm?.registerMcpServerDefinitionProvider) return { dispose() {} };
  const changed = new vscode.EventEmitter<void>();
  const trust = ports.trust.onDidGrant(() => changed.fire());
  const provider = lm.registerMcpServerDefinitionProvider(PROVIDER, {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions() {
      if (!ports.trust.trusted) return [];
      const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
      const program = context.asAbsolutePath('dist/cli.js');
      return folders.map(({ name, uri }) => {
        const args = [program, 'mcp', '--cwd', uri.fsPath];
        // The editor's own program is Node with this variable.
        const env = { ELECTRON_RUN_AS_NODE: '1' };
        const label = folders.length === 1 ? 'Earshot specs' : `Earshot specs of ${name}`;
        return new vscode.McpStdioServerDefinition(label, process.execPath, args, env);
      });
    },
  });
  return vscode.Disposable.from(provider, changed, { dispose: () => trust.dispose() });
}
