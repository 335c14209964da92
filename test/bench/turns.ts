/**
 * What the agent's loop and its log, on a real disk, add to each turn: beside a bare loop over the same SDK, against
 * the same server of this machine, which takes 300 ms for an answer; then the same in an editor with the agent view open.
 * `npm run bench -- turns` runs it alone.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '../../src/core';
import type { Ports } from '../../src/core/ports';
import { createMessagesModel } from '../../src/node/models/messagesModel';
import { fromNativePath, toNativePath } from '../../src/node/nativePath';
import { createNodeFiles } from '../../src/node/nodeFiles';
import { nodeClock } from '../../src/node/nodePorts';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { createTestPorts } from '../support/testPorts';
import { disposeOwned } from '../support/testStore';
import { ANSWER_MS, bareLoop, DONE, LOOK, median, TEXT, TURNS } from './bareLoop';
import type { BenchRow } from './row';
import { turnsInEditor } from './turnsInEditor';

const ROUNDS = 7;

/** @param waits Whether each line of the log is on the disk before it goes on, as it is for people */
async function ownLoop(url: string, folder: string, waits: boolean): Promise<void> {
  const model = createMessagesModel({ name: 'm', apiKey: 'key', baseUrl: url, clock: nodeClock });
  const root = fromNativePath(folder);
  const files = createNodeFiles();
  const appendLines = async (path: string, text: string): Promise<void> => {
    if ((await files.stat(path)) === undefined) return files.appendLines(path, text);
    await appendFile(toNativePath(path), text);
  };
  const real: Partial<Ports> = { files: waits ? files : { ...files, appendLines }, clock: nodeClock };
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
  writeFileSync(join(folder, 'a.txt'), TEXT);
  const tasks = '# Implementation Plan\n\n- [ ] 1. Look\n';
  await createNodeFiles().writeText(`${fromNativePath(folder)}/.kiro/specs/bench/tasks.md`, tasks);
  return folder;
}

async function timed(
  server: MessagesServer,
  run: (url: string, folder: string) => Promise<void>,
): Promise<number> {
  const folder = await createFolder();
  server.enqueue(...Array.from({ length: TURNS - 1 }, () => LOOK), DONE);
  const start = performance.now();
  await run(server.url, folder);
  const ms = performance.now() - start;
  rmSync(folder, { recursive: true, force: true });
  return ms / TURNS;
}

export async function turnRows(): Promise<readonly BenchRow[]> {
  const server = await startMessagesServer();
  const own: number[] = [];
  const unsynced: number[] = [];
  const bare: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await timed(server, bareLoop));
      own.push(await timed(server, (url, folder) => ownLoop(url, folder, true)));
      unsynced.push(await timed(server, (url, folder) => ownLoop(url, folder, false)));
    }
  } finally {
    await disposeOwned();
  }
  const beyond = (all: readonly number[]) => median(all.map((ms, round) => ms - (bare[round] ?? Number.NaN)));
  const inEditor = await turnsInEditor();
  return [
    {
      name: `a turn of the agent, model of ${ANSWER_MS} ms`,
      value: median(own),
      unit: 'ms',
      peer: `a bare loop over the SDK (${Math.round(median(bare))} ms)`,
      ratio: median(own) / median(bare),
    },
    { name: 'what loop and log add to a turn', value: beyond(own), unit: 'ms' },
    { name: 'the same without waiting for the disk (fsync)', value: beyond(unsynced), unit: 'ms' },
    {
      name: 'a turn in the editor, its steps drawn in the agent view',
      value: median(inEditor.own),
      unit: 'ms',
      peer: `the bare loop as an extension beside it (${Math.round(median(inEditor.bare))} ms)`,
      ratio: median(inEditor.own) / median(inEditor.bare),
    },
    {
      name: 'what loop, log and view add to a turn there',
      value: median(inEditor.own) - median(inEditor.bare),
      unit: 'ms',
    },
    {
      name: 'from the end of the last answer to the frame that says so',
      value: median(inEditor.drawn),
      unit: 'ms',
    },
  ];
}
