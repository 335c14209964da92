/**
 * The command line beside OpenSpec's, on a thousand specs of the same content: whole processes, alternating, medians.
 * `npm run bench -- check` runs it alone. The peer is installed from the npm registry into a temporary folder.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Root } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { DEFAULT_LINT } from '../../src/core/lint/config';
import { lintSpec } from '../../src/core/lint/lint';
import { createDocumentReader } from '../../src/core/spec/documentReader';
import { readTexts } from '../../src/core/spec/readTexts';
import { repoRoot } from '../support/host/paths';
import { generateSpecs, THOUSAND } from './generateSpecs';
import type { BenchRow } from './row';

const PEER = '@fission-ai/openspec@1.13.2';
const RUNS = 7;
const FULL = { ...DEFAULT_LINT, rules: 'incose-full' as const };

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

interface Ran {
  readonly ms: number;
  /** Megabytes at most. */
  readonly memory: number;
}

function time(cwd: string, env: Readonly<Record<string, string>>, command: readonly string[]): Ran {
  const [program = '', ...args] = command;
  const start = process.hrtime.bigint();
  const { stderr } = spawnSync('/usr/bin/time', ['-f', '\n%M', program, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  return { ms, memory: Number(stderr.trim().split('\n').at(-1)) / 1024 };
}

export function checkRows(): readonly BenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  try {
    return [...wholeProcesses(folder), ...inProcess()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wholeProcesses(folder: string): readonly BenchRow[] {
  const peer = join(folder, 'peer');
  execFileSync('npm', ['install', '--prefix', peer, '--no-audit', '--no-fund', '--ignore-scripts', PEER], {
    stdio: 'ignore',
  });
  // As it is shipped.
  execFileSync(process.execPath, ['esbuild.mjs', '--only=node', '--minify'], { cwd: repoRoot });
  const openspec = join(peer, 'node_modules/.bin/openspec');
  const earshot = join(repoRoot, 'dist/cli.js');
  const [workspace, peerWorkspace] = [join(folder, 'work/kiro'), join(folder, 'work/openspec')];
  generateSpecs(join(folder, 'work'), THOUSAND);
  const quiet = { OPENSPEC_TELEMETRY: '0', DO_NOT_TRACK: '1' };
  const home = join(folder, 'home');
  const times = {
    peer: [] as Ran[],
    cold: [] as Ran[],
    warm: [] as Ran[],
    version: [] as Ran[],
    peerVersion: [] as Ran[],
  };
  for (let run = 0; run < RUNS; run++) {
    times.peer.push(time(peerWorkspace, quiet, [openspec, 'validate', '--all', '--no-interactive']));
    rmSync(home, { recursive: true, force: true });
    times.cold.push(time(workspace, { EARSHOT_HOME: home }, [process.execPath, earshot, 'check']));
    times.warm.push(time(workspace, { EARSHOT_HOME: home }, [process.execPath, earshot, 'check']));
    times.version.push(time(workspace, {}, [process.execPath, earshot, '--version']));
    times.peerVersion.push(time(workspace, quiet, [openspec, '--version']));
  }
  const ms = (runs: readonly Ran[]) => median(runs.map((run) => run.ms));
  const row = (name: string, runs: readonly Ran[], against: readonly Ran[], what: string): BenchRow => ({
    name,
    value: ms(runs),
    unit: 'ms',
    peer: `${PEER} ${what} (${Math.round(ms(against))} ms)`,
    ratio: ms(runs) / ms(against),
  });
  return [
    row('earshot check, 1,000 specs, cold', times.cold, times.peer, 'validate --all'),
    row('earshot check, 1,000 specs, warm', times.warm, times.peer, 'validate --all'),
    row('earshot --version', times.version, times.peerVersion, '--version'),
    {
      name: 'earshot check, 1,000 specs, peak memory',
      value: median(times.cold.map(({ memory }) => memory)),
      unit: 'MB',
      peer: `${PEER} validate --all`,
      ratio: median(times.cold.map(({ memory }) => memory)) / median(times.peer.map(({ memory }) => memory)),
    },
  ];
}

/** A requirements document of so many criteria. */
function documentOf(criteria: number): string {
  const items = Array.from(
    { length: criteria },
    (_, index) =>
      `${(index % 10) + 1}. WHEN a customer changes field ${index}, THE Order_Service SHALL store the change within ${index + 1} seconds`,
  );
  const blocks = Array.from({ length: Math.ceil(criteria / 10) }, (_, index) => {
    const own = items.slice(index * 10, index * 10 + 10).join('\n');
    return `### Requirement ${index + 1}: Case ${index + 1}\n\n#### Acceptance Criteria\n\n${own}\n`;
  });
  return `# Requirements Document\n\n## Glossary\n\n- **Order_Service**: It takes orders\n\n${blocks.join('\n')}`;
}

function inProcess(): readonly BenchRow[] {
  const measure = (run: (round: number) => void): number => {
    const values: number[] = [];
    for (let round = 0; round < 60; round++) {
      const start = process.hrtime.bigint();
      run(round);
      values.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    return median(values.slice(20));
  };
  const large = documentOf(1000);
  const small = documentOf(100);
  const reader = createDocumentReader('requirements');
  const at = small.indexOf('field 50');
  const parser = unified().use(remarkParse);
  const remark = (text: string): Root => parser.parse(text);
  const typing = measure((round) => {
    const text = `${small.slice(0, at)}${'x'.repeat((round % 9) + 1)}${small.slice(at)}`;
    const document = reader.read(text);
    if (document.kind === 'requirements') lintSpec({ requirements: document }, DEFAULT_LINT);
  });
  const full = measure((round) =>
    lintSpec(readTexts({ requirements: `${large}\n${' '.repeat(round)}` }), FULL),
  );
  const remarkSmall = measure((round) => remark(`${small}${' '.repeat(round)}`));
  const remarkLarge = measure((round) => remark(`${large}${' '.repeat(round)}`));
  return [
    {
      name: 'a key in 100 criteria, read and checked',
      value: typing,
      unit: 'ms',
      peer: 'remark-parse, reading alone',
      ratio: typing / remarkSmall,
    },
    {
      name: '1,000 criteria, all rules',
      value: full,
      unit: 'ms',
      peer: 'remark-parse, reading alone',
      ratio: full / remarkLarge,
    },
  ];
}
