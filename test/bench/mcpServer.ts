/** `earshot mcp` from its start to its first answer, beside the reference server of the protocol's makers; alternating, medians. */

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from '../support/host/paths';
import type { BenchRow } from './row';

const RUNS = 9;
const PEER = '@modelcontextprotocol/server-memory';
const HELLO = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
};

/** Milliseconds. */
async function firstAnswer(args: readonly string[], cwd: string): Promise<number> {
  const begun = process.hrtime.bigint();
  const env = { PATH: process.env.PATH, HOME: cwd, MEMORY_FILE_PATH: join(cwd, 'memory.json') };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const answered = new Promise<bigint>((resolve) => {
    child.stdout.once('data', () => resolve(process.hrtime.bigint()));
  });
  child.stdin.write(`${JSON.stringify(HELLO)}\n`);
  const ms = Number((await answered) - begun) / 1e6;
  child.stdin.end();
  child.kill();
  await ended;
  return ms;
}

export async function mcpServerRows(): Promise<readonly BenchRow[]> {
  // As it is shipped.
  execFileSync(process.execPath, ['esbuild.mjs', '--only=node', '--minify'], { cwd: repoRoot });
  const cwd = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  const own: number[] = [];
  const peer: number[] = [];
  try {
    for (let run = 0; run < RUNS; run++) {
      own.push(await firstAnswer([join(repoRoot, 'dist/cli.js'), 'mcp'], cwd));
      peer.push(await firstAnswer([join(repoRoot, 'node_modules', PEER, 'dist/index.js')], cwd));
    }
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
  return [
    {
      name: '`earshot mcp`, from its start to its first answer',
      value: median(own),
      unit: 'ms',
      peer: `${PEER} (${Math.round(median(peer))} ms)`,
      ratio: median(own) / median(peer),
    },
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
