/** What was run in the editor's terminals, and what it printed: known where the shell tells the editor. */
import { stripVTControlCharacters } from 'node:util';
import * as vscode from 'vscode';

/** Commands that are kept of each terminal, and characters of each one's output (its end). */
const MOST_COMMANDS = 3;
const MOST_OUTPUT = 20_000;

interface Run {
  readonly command: string;
  output: string;
  /** Undefined: it still runs, or the shell did not say. */
  exitCode?: number | undefined;
}

export interface TerminalOutput extends vscode.Disposable {
  /** The latest commands of the terminal that is on show, else of the one that was used last. */
  latest(): string | undefined;
}

export function recordTerminals(): TerminalOutput {
  const runs = new WeakMap<vscode.Terminal, Run[]>();
  const running = new WeakMap<vscode.TerminalShellExecution, Run>();
  let used: vscode.Terminal | undefined;

  async function record(terminal: vscode.Terminal, execution: vscode.TerminalShellExecution): Promise<void> {
    const run: Run = { command: execution.commandLine.value, output: '' };
    runs.set(terminal, [...(runs.get(terminal) ?? []), run].slice(-MOST_COMMANDS));
    running.set(execution, run);
    used = terminal;
    for await (const piece of execution.read()) run.output = (run.output + piece).slice(-2 * MOST_OUTPUT);
  }

  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      // A terminal that is closed in the middle ends the reading.
      void record(terminal, execution).catch(() => {});
    }),
    vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
      const run = running.get(execution);
      if (run) run.exitCode = exitCode;
    }),
  );

  return {
    latest() {
      const shown = vscode.window.activeTerminal;
      const known = (shown && runs.get(shown)) ?? (used && runs.get(used));
      return known?.map(describe).join('\n\n');
    },
    dispose: () => subscriptions.dispose(),
  };
}

function describe({ command, output, exitCode }: Run): string {
  const text = stripVTControlCharacters(output).replace(/\r\n?/g, '\n').trim().slice(-MOST_OUTPUT);
  const end = exitCode === undefined ? '' : `\n[exit code ${exitCode}]`;
  return `$ ${command}\n${text}${end}`;
}
