/** Composition root of the command line: the process's own streams, signals and environment. */
import { homedir } from 'node:os';
import { COMMANDS } from './commands';
import { dispatch } from './dispatch';
import { listenForInterrupt } from './interrupt';
import { createOutput } from './output';
import { createPrompt } from './prompt';

async function main(): Promise<void> {
  const { env, stdout, stderr } = process;
  // A reader that goes away (`| head`) is no failure of ours.
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  // Set, not `process.exit`: what is still in the pipes must get out.
  process.exitCode = await dispatch(process.argv.slice(2), COMMANDS, {
    env,
    cwd: process.cwd(),
    homeFolder: homedir(),
    out: createOutput({ stdout, stderr, env }),
    signal: listenForInterrupt(),
    // Both: a question that nobody sees must not wait. Standard input is opened last, since that takes a moment.
    ...(stderr.isTTY && process.stdin.isTTY ? { prompt: createPrompt(process.stdin, stderr) } : {}),
  });
}

void main();
