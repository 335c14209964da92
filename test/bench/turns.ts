/**
 * What the agent's loop and its log, on a real disk, add to each turn: beside a bare loop over the same SDK, against
 * the same server of this machine, which takes 300 ms for an answer. `npm run bench -- turns` runs it alone.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import type { MessageParam } from '@anthropic-ai/sdk/resources/messages/messages';
import { createCore } from '../../src/core';
import type { Ports } from '../../src/core/ports';
import { createMessagesModel } from '../../src/node/models/messagesModel';
import { fromNativePath } from '../../src/node/nativePath';
import { createNodeFiles } from '../../src/node/nodeFiles';
import { nodeClock } from '../../src/node/nodePorts';
import { type MessagesServer, type ScriptedTurn, startMessagesServer } from '../support/messagesServer';
import { eventsOf } from '../support/messagesServerTurn';
import { createTestPorts } from '../support/testPorts';
import { disposeOwned } from '../support/testStore';
import type { BenchRow } from './row';

const TURNS = 10;
const ROUNDS = 7;
const ANSWER_MS = 300;

const LOOK: ScriptedTurn = {
  text: 'I look at the file that it is about.',
  tools: [{ name: 'read_file', input: { path: 'a.txt' } }],
};
const PIECES = eventsOf(LOOK, { model: 'm', messageId: 'm' }).length;
const DONE: ScriptedTurn = { text: 'Done.' };
const KEPT = { delayMs: ANSWER_MS / PIECES };

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The least that a loop does: no log, no permission, no schema, no retry. */
async function bareLoop(url: string, folder: string): Promise<void> {
  const client = new Anthropic({ baseURL: url, apiKey: 'key', maxRetries: 0 });
  const messages: MessageParam[] = [{ role: 'user', content: 'Do it.' }];
  for (;;) {
    const stream = client.messages.stream({ model: 'm', max_tokens: 1000, messages });
    const { content, stop_reason } = await stream.finalMessage();
    if (stop_reason !== 'tool_use') return;
    const results = content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
    const text = await readFile(join(folder, 'a.txt'), 'utf8');
    messages.push({ role: 'assistant', content });
    messages.push({
      role: 'user',
      content: results.map((id) => ({ type: 'tool_result', tool_use_id: id, content: text })),
    });
  }
}

async function ownLoop(url: string, folder: string): Promise<void> {
  const model = createMessagesModel({ name: 'm', apiKey: 'key', baseUrl: url, clock: nodeClock });
  const root = fromNativePath(folder);
  const real: Partial<Ports> = { files: createNodeFiles(), clock: nodeClock };
  const ports = createTestPorts({
    root,
    model,
    with: real,
    settings: { autonomy: 'autopilot' },
    answers: () => 'run',
  });
  const core = createCore(ports, { roots: [root], home: `${root}/home`, hostRunsHooks: false });
  await core.specs.ready;
  const [result] = await core.tasks.run(`${root}/.kiro/specs/bench`, '1');
  if (result?.outcome !== 'unverified')
    throw new Error(`The task ended as ${result?.outcome}: ${result?.reason}`);
  await core.close();
}

async function createFolder(): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-turns-')));
  writeFileSync(join(folder, 'a.txt'), 'One line of text.\n'.repeat(40));
  const tasks = '# Implementation Plan\n\n- [ ] 1. Look\n';
  await createNodeFiles().writeText(`${fromNativePath(folder)}/.kiro/specs/bench/tasks.md`, tasks);
  return folder;
}

async function timed(
  server: MessagesServer,
  run: (url: string, folder: string) => Promise<void>,
): Promise<number> {
  const folder = await createFolder();
  server.enqueue(...Array.from({ length: TURNS - 1 }, () => ({ ...LOOK, ...KEPT })), { ...DONE, ...KEPT });
  const start = performance.now();
  await run(server.url, folder);
  const ms = performance.now() - start;
  rmSync(folder, { recursive: true, force: true });
  return ms / TURNS;
}

export async function turnRows(): Promise<readonly BenchRow[]> {
  const server = await startMessagesServer();
  const own: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await timed(server, bareLoop));
      own.push(await timed(server, ownLoop));
    }
  } finally {
    await disposeOwned();
  }
  const added = own.map((ms, round) => ms - (bare[round] ?? Number.NaN));
  return [
    {
      name: `a turn of the agent, model of ${ANSWER_MS} ms`,
      value: median(own),
      unit: 'ms',
      peer: `a bare loop over the SDK (${Math.round(median(bare))} ms)`,
      ratio: median(own) / median(bare),
    },
    { name: 'what loop and log add to a turn', value: median(added), unit: 'ms' },
  ];
}
