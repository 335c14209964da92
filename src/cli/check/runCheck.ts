import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LintConfig } from '../../core/lint/config';
import type { Arguments, Terminal } from '../command';
import type { FORMATS } from '../commands/check';
import { workspaceRoot } from '../workspaceRoot';
import { findSpecs } from './findSpecs';
import { type LastCheck, readLast, type Said } from './lastCheck';
import { lookAt, nameOf, withStats } from './sight';
import { writeWhole } from './writeWhole';

type Format = (typeof FORMATS)[number];

/** Columns where nobody says how many there are. */
const WIDTH = 100;

export async function runCheck(
  paths: readonly string[],
  format: Format,
  flags: Partial<LintConfig>,
  args: Arguments,
  terminal: Terminal,
): Promise<Said> {
  const { env, homeFolder, out } = terminal;
  const cwd = resolve(terminal.cwd, args.value('cwd') ?? '.');
  let sight = lookAt(findSpecs(paths, cwd, () => workspaceOf(terminal, args)));
  const width = Number(env.COLUMNS) || process.stdout.columns || WIDTH;
  const folder = join(resolve(env.EARSHOT_HOME || join(homeFolder, '.earshot')), 'cache');
  const program = PROGRAM === undefined || args.has('no-cache') ? undefined : programName(PROGRAM.main);
  const last = join(folder, 'lastCheck.json');
  const asked = JSON.stringify([program, cwd, format, flags, width, out.paint('bold', format)]);
  const known = program === undefined ? undefined : readLast(last, asked);
  if (known !== undefined) {
    const closer = withStats(sight);
    const stamps = closer.stats.map(({ stamp }) => stamp);
    if (nameOf(closer, stamps) === known.seen) return known;
    sight = closer;
  }
  // Where nothing changed, none of this is loaded.
  const { judge } = await import('./judge');
  const cache = program === undefined ? undefined : { file: join(folder, 'check.json'), program };
  const { stamps, ...said } = await judge(sight, { cwd, flags, cache, thread: PROGRAM?.thread }, format, {
    paint: out.paint,
    width,
  });
  const seen = program === undefined ? undefined : nameOf(sight, stamps);
  if (seen !== undefined) writeWhole(last, { asked, seen, ...said } satisfies LastCheck);
  return said;
}

export function workspaceOf({ cwd, homeFolder }: Terminal, args: Arguments): string {
  return workspaceRoot({ cwd, given: args.value('cwd'), homeFolder });
}

/** The files that this program is; undefined where it runs from its sources. */
const PROGRAM = import.meta.url.endsWith('.ts')
  ? undefined
  : {
      main: new URL('../cli/main.js', import.meta.url),
      thread: new URL('../cli/checkThread.js', import.meta.url),
    };

/** Another build, or the same installed anew, judges anew: this file names its chunks by their content. */
function programName(file: URL): string {
  const { ino, size, ctimeMs } = statSync(file);
  return `${ino} ${size} ${ctimeMs}`;
}
