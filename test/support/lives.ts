/** Lives of a process that may be killed: built once, started with orders, watched until it is over. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Kill, Orders } from './crashChild';
import { repoRoot } from './host/paths';

export interface Life {
  readonly code: number | null;
  readonly signal: string | null;
  readonly said: string;
  /** At which of those that it was told of. */
  readonly killed: Kill | undefined;
}

/** @param folder For the program; removed by whoever made it */
export async function buildLives(
  folder: string,
): Promise<(orders: Orders, env?: Readonly<Record<string, string>>) => Promise<Life>> {
  const program = join(folder, 'child.js');
  await build({
    absWorkingDir: repoRoot,
    entryPoints: [join(repoRoot, 'test/support/crashChild.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return async (orders, env = {}) => {
    const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // A life that neither dies nor ends must not outlive the test.
    const patience = setTimeout(
      () => child.kill('SIGTERM'),
      (process.env.EARSHOT_SOAK === '1' ? 600 : 60) * 1000,
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.on('close', (...end) => resolve(end)),
    );
    clearTimeout(patience);
    const [, kill] = /^killed (.+)$/m.exec(said) ?? [];
    return {
      code,
      signal,
      said: said.trim(),
      killed: kill === undefined ? undefined : (JSON.parse(kill) as Kill),
    };
  };
}
