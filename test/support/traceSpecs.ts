/**
 * The last step of `npm run check`: every spec of this repository is covered. All of them, and no list of names that one
 * could be forgotten in; but not by `earshot trace` alone, since samples in our own tests look like tags of other specs.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TraceGraph } from '../../src/core/trace/model';
import { isWhole, strayGraph } from '../../src/core/trace/report/traceWords';
import { repoRoot } from './host/paths';

/** What tags that mean no spec are listed under. */
const STRAYS = strayGraph([]).spec;

function trace(args: readonly string[], output: 'pipe' | 'inherit'): string {
  const cli = join(repoRoot, 'dist/cli.js');
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'trace', ...args], {
    cwd: repoRoot,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', output, output],
  });
  if (stderr) process.stderr.write(stderr);
  return stdout;
}

/** A tag that was meant: in the head of its file, before anything else. */
function isInHead(path: string, line: number): boolean {
  const before = readFileSync(join(repoRoot, path), 'utf8').split('\n').slice(0, line);
  return before.every((each) => each.startsWith('//'));
}

const graphs = JSON.parse(trace(['--format', 'json'], 'pipe')) as readonly TraceGraph[];
const specs = graphs.filter(({ spec }) => spec !== STRAYS);
const astray = graphs
  .filter(({ spec }) => spec === STRAYS)
  .flatMap(({ orphans }) => orphans)
  .filter(({ place }) => 'path' in place && isInHead(place.path, place.line));

for (const { spec, criteria } of specs.filter(isWhole))
  console.log(`✔ ${spec}: all ${criteria.length} criteria are covered.`);
for (const { spec } of specs.filter((graph) => !isWhole(graph))) trace([spec], 'inherit');
for (const { label, to, because } of astray) console.error(`${label} names ${to}, ${because}.`);
if (specs.length === 0) console.error('There is no spec in .kiro/specs.');
if (specs.length === 0 || astray.length > 0 || !specs.every(isWhole)) process.exitCode = 1;
