/**
 * Ten thousand files that another program writes at once, under a hook that fits them all: when its one run begins, and for
 * how long whoever watches does not come to anything else. Part of `npm run bench -- hooks`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { fromNativePath } from '../../src/node/nativePath';
import { startRealHooks } from '../support/realHooks';
import type { BenchRow } from './row';

const FILES = 10_000;
const FOLDERS = 20;
const ROUNDS = 3;

const WRITER = `
const { writeFileSync } = require('node:fs');
for (let file = 0; file < ${FILES}; file++) writeFileSync('src/' + (file % ${FOLDERS}) + '/' + file + '.ts', file + '\\n');
`;

interface Storm {
  /** One, where the machine writes them within the ten seconds that a burst may take. */
  readonly runs: number;
  /** Milliseconds from the last file to the start of the command. */
  readonly start: number;
  /** The longest that nothing else was come to. */
  readonly stall: number;
  /** Megabytes of the heap, at the most, beyond what there was. */
  readonly memory: number;
}

export async function stormRows(): Promise<readonly BenchRow[]> {
  const all: Storm[] = [];
  for (let round = 0; round < ROUNDS; round++) all.push(await storm());
  const middle = (of: (each: Storm) => number) =>
    all.map(of).sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
  const name = '10,000 files at once under a hook';
  return [
    { name: `${name}, from the last one to its one run`, value: middle(({ start }) => start), unit: 'ms' },
    {
      name: 'the same, the longest that nothing else is come to',
      value: middle(({ stall }) => stall),
      unit: 'ms',
    },
    { name: 'the same, runs at the most', value: Math.max(...all.map(({ runs }) => runs)), unit: '' },
    { name: 'the same, peak memory of the heap', value: middle(({ memory }) => memory), unit: 'MB' },
  ];
}

async function storm(): Promise<Storm> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-bench-')));
  const [folder, told] = [join(base, 'work'), join(base, 'told')];
  for (let each = 0; each < FOLDERS; each++) mkdirSync(join(folder, 'src', `${each}`), { recursive: true });
  mkdirSync(join(folder, '.kiro/hooks'), { recursive: true });
  const command = `date +%s%N >> '${told}'; cat > /dev/null`;
  const hooks = [
    { name: 'all', trigger: 'PostFileCreate', matcher: '\\.ts$', action: { type: 'command', command } },
  ];
  writeFileSync(join(folder, '.kiro/hooks/a.json'), JSON.stringify({ version: 'v1', hooks }));
  const real = await startRealHooks(fromNativePath(folder), fromNativePath(join(base, 'home')));
  const stalls = monitorEventLoopDelay({ resolution: 5 });
  try {
    await delay(1000);
    const heap = process.memoryUsage().heapUsed;
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed - heap);
    }, 20);
    stalls.enable();
    await once(spawn(process.execPath, ['-e', WRITER], { cwd: folder, stdio: 'ignore' }), 'exit');
    const last = performance.timeOrigin + performance.now();
    const [hook] = real.hooks.all;
    while (hook && real.hooks.runs(hook.id).length === 0) await delay(20);
    stalls.disable();
    clearInterval(watching);
    await delay(500);
    const starts = readFileSync(told, 'utf8').trim().split('\n');
    const start = Number(starts.at(-1)) / 1e6 - last;
    return { runs: starts.length, start, stall: stalls.max / 1e6, memory: most / 1e6 };
  } finally {
    await real.close();
    rmSync(base, { recursive: true, force: true });
  }
}
