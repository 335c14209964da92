import type { Environment, Terminal } from '../../../src/cli/command';
import { createOutput } from '../../../src/cli/output';
import { type Abort, createAbort } from '../../../src/core/util/abort';

export interface Captured {
  readonly terminal: Terminal;
  readonly abort: Abort;
  readonly stdout: string;
  readonly stderr: string;
}

/** A terminal whose words are kept. */
export function captureTerminal(
  more: { readonly env?: Environment; readonly isTTY?: boolean; readonly cwd?: string } = {},
): Captured {
  const { env = {}, isTTY = false, cwd = '/project' } = more;
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({
    isTTY,
    write(text: string) {
      said[name] += text;
    },
  });
  const abort = createAbort();
  const out = createOutput({ stdout: stream('stdout'), stderr: stream('stderr'), env });
  return {
    abort,
    terminal: { env, cwd, homeFolder: '/home/ada', out, signal: abort.signal },
    get stdout() {
      return said.stdout;
    },
    get stderr() {
      return said.stderr;
    },
  };
}

/** Arguments as a command gets them. */
export function argumentsOf(
  values: Readonly<Record<string, string | true>> = {},
  operands: readonly string[] = [],
) {
  return {
    operands,
    has: (option: string) => values[option] === true,
    value: (option: string) => (typeof values[option] === 'string' ? values[option] : undefined),
  };
}
