/** A log for each server, in the editor's Output view: made when somebody first looks, and followed from then on. */
import * as vscode from 'vscode';
import type { LogLine } from '../../../core/mcp/model';
import type { McpServers } from '../../../core/mcp/servers';

export interface ServerLogs extends vscode.Disposable {
  show(id: string, name: string): void;
}

interface Shown {
  readonly channel: vscode.OutputChannel;
  last: LogLine | undefined;
}

export function createServerLogs(servers: McpServers): ServerLogs {
  const shown = new Map<string, Shown>();

  function follow(id: string, entry: Shown): void {
    const lines = servers.log(id);
    // What was there before may have been left out since: then all that is there is new.
    const from = entry.last === undefined ? 0 : lines.lastIndexOf(entry.last) + 1;
    for (const line of lines.slice(from)) entry.channel.appendLine(textOf(line));
    entry.last = lines.at(-1) ?? entry.last;
  }

  const listener = servers.onDidChange(() => {
    for (const [id, entry] of shown) follow(id, entry);
  });
  return {
    show(id, name) {
      let entry = shown.get(id);
      if (!entry) {
        entry = {
          channel: vscode.window.createOutputChannel(`Earshot MCP: ${name}`, 'log'),
          last: undefined,
        };
        shown.set(id, entry);
      }
      follow(id, entry);
      entry.channel.show(true);
    },
    dispose() {
      listener.dispose();
      for (const { channel } of shown.values()) channel.dispose();
    },
  };
}

function textOf({ at, level, text }: LogLine): string {
  return `${new Date(at).toISOString()} [${level}] ${text}`;
}
