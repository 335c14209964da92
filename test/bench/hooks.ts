/**
 * From a save to the moment when the command of a hook has begun, beside chokidar-cli as it comes, which also runs a
 * command, and beside the floor: Node's own watching and starting, with no pattern, no waiting and nothing known of who
 * wrote. In turns, medians. `npm run bench -- hooks` runs it alone.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fromNativePath } from '../../src/node/nativePath';
import { startRealHooks } from '../support/realHooks';
import type { BenchRow } from './row';

const PEER = 'chokidar-cli@3.0.0';
const SAVES = 15;

/** Something that runs `begun` when a file below its folder is saved, and the times that came of it. */
interface Way {
  readonly name: string;
  readonly folder: string;
  readonly times: number[];
}

/** The command: the shell that it begins with says when. */
const begun = (way: string) => `date +%s%N >> '${way}'`;
const log = (folder: string) => `${folder}.times`;

export async function hookRows(): Promise<readonly BenchRow[]> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-bench-')));
  const ends: (() => unknown)[] = [];
  try {
    const ways = ['own', 'peer', 'floor'].map((name): Way => {
      const folder = join(base, name);
      mkdirSync(join(folder, 'src'), { recursive: true });
      writeFileSync(join(folder, 'src/a.ts'), '0');
      writeFileSync(log(folder), '');
      return { name, folder, times: [] };
    });
    for (const way of ways) ends.push(await start(way, base));
    await delay(2000);
    for (let save = 0; save < SAVES; save++) for (const way of ways) way.times.push(await timed(way, save));
    const [own = Number.NaN, peer = Number.NaN, floor = Number.NaN] = ways.map(({ times }) => median(times));
    const name = 'from a save to the start of a hook’s command';
    return [
      { name, value: own, unit: 'ms', peer: `${PEER} (${Math.round(peer)} ms)`, ratio: own / peer },
      {
        name,
        value: own,
        unit: 'ms',
        peer: `fs.watch and spawn (${Math.round(floor)} ms)`,
        ratio: own / floor,
      },
    ];
  } finally {
    for (const end of ends) await end();
    rmSync(base, { recursive: true, force: true });
  }
}

async function start({ name, folder }: Way, base: string): Promise<() => unknown> {
  const command = begun(log(folder));
  if (name === 'own') {
    const action = { type: 'command', command };
    const hooks = [{ name, trigger: 'PostFileSave', matcher: '\\.ts$', action }];
    mkdirSync(join(folder, '.kiro/hooks'), { recursive: true });
    writeFileSync(join(folder, '.kiro/hooks/a.json'), JSON.stringify({ version: 'v1', hooks }));
    return (await startRealHooks(fromNativePath(folder), fromNativePath(join(base, 'home')))).close;
  }
  if (name === 'peer') {
    const place = join(base, 'node');
    const install = ['install', '--prefix', place, '--no-audit', '--no-fund', '--ignore-scripts', PEER];
    execFileSync('npm', install, { stdio: 'ignore' });
    const child = spawn(join(place, 'node_modules/.bin/chokidar'), ['src/**/*.ts', '-c', command], {
      cwd: folder,
      stdio: 'ignore',
    });
    return () => child.kill();
  }
  const watcher = watch(join(folder, 'src'), (type) => {
    if (type === 'change') spawn('/bin/sh', ['-c', command], { stdio: 'ignore' });
  });
  return () => watcher.close();
}

/** Milliseconds from one save; what is left of it is over before the next. */
async function timed({ folder }: Way, save: number): Promise<number> {
  writeFileSync(log(folder), '');
  const saved = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
  writeFileSync(join(folder, 'src/a.ts'), `${save + 1}`);
  for (;;) {
    const [line = ''] = readFileSync(log(folder), 'utf8').split('\n');
    if (line === '') {
      await delay(2);
      continue;
    }
    await delay(700);
    return Number(BigInt(line) - saved) / 1e6;
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
