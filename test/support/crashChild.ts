/**
 * A process that works on one task, or on all of a spec, and dies when it is told: at an event of the log of its session, or
 * of its run. Started again without `killAt` it goes on with what it finds. `node crashChild.js '<Orders>'`; prints how
 * that ended.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Core, createCore } from '../../src/core';
import type { FileSystem, Ports } from '../../src/core/ports';
import { RUN_OPTIONS } from '../../src/core/tasks/run/model';
import { createMessagesModel } from '../../src/node/models/messagesModel';
import { createNodeFileCopies } from '../../src/node/nodeFileCopies';
import { createNodeFiles } from '../../src/node/nodeFiles';
import { nodeClock, nodeHasher, nodeIds } from '../../src/node/nodePorts';
import { createNodeProcesses } from '../../src/node/nodeProcesses';
import { nodeSignatures } from '../../src/node/signing/signatures';
import { laterSnapshots } from '../../src/node/snapshots/laterSnapshots';
import { laterWorktrees } from '../../src/node/worktrees/laterWorktrees';
import { eventNames } from './eventNames';

export interface Orders {
  readonly root: string;
  readonly home: string;
  readonly spec: string;
  readonly url: string;
  /** All tasks of the spec, so many at a time, and it dies by the log of the run; undefined: task 1, by that of its session. */
  readonly parallel?: number;
  /** Of the log's events, from 1; counted anew in each process. */
  readonly killAt?: number;
  /** Before that event is written, in the middle of its line, or when it is on the disk. */
  readonly killWhen?: When;
  /** At whichever comes first of these. It says which. */
  readonly kills?: readonly Kill[];
}

type When = 'before' | 'within' | 'after';

/** At an event of a run, by its name (`eventNames`). */
export interface Kill {
  readonly on: string;
  readonly when: When;
}

const orders = JSON.parse(process.argv[2] ?? '{}') as Orders;

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing may happen until it comes.
  for (;;);
}

/** Dies on the way of an event to the disk. */
function mortal(files: FileSystem, { killAt, killWhen = 'after', kills = [], parallel }: Orders): FileSystem {
  let written = 0;
  const log = parallel === undefined ? /\/sessions\/.*\.jsonl$/ : /\/runs\/.*\.jsonl$/;

  /** Which of these lines is the one; undefined: none. */
  async function fatalIn(path: string, lines: readonly string[]): Promise<Fatal | undefined> {
    if (killAt !== undefined) return { at: killAt - written - 1, when: killWhen };
    if (kills.length === 0) return undefined;
    const before = (await files.readText(path)) ?? '';
    let known = eventNames(before).length;
    for (const at of lines.keys()) {
      const names = eventNames(before + lines.slice(0, at + 1).join(''));
      const kill = kills.find(({ on }) => names.indexOf(on, known) >= 0);
      if (kill) return { at, when: kill.when, kill };
      known = names.length;
    }
    return undefined;
  }

  return {
    ...files,
    async appendLines(path, text) {
      const lines = log.test(path) ? text.split(/(?<=\n)/) : [];
      const fatal = await fatalIn(path, lines);
      const line = lines[fatal?.at ?? -1];
      if (fatal === undefined || line === undefined) {
        written += lines.length;
        return files.appendLines(path, text);
      }
      const { at, when, kill } = fatal;
      const part = { before: '', within: line.slice(0, line.length / 2), after: line }[when];
      const last = lines.slice(0, at).join('') + part;
      if (last !== '') await files.appendLines(path, last);
      if (kill) writeSync(1, `killed ${JSON.stringify(kill)}\n`);
      die();
    },
  };
}

interface Fatal {
  readonly at: number;
  readonly when: When;
  readonly kill?: Kill;
}

function createPorts(): Ports {
  const never = () => ({ dispose() {} });
  const model = createMessagesModel({ name: 'm', apiKey: 'key', baseUrl: orders.url, clock: nodeClock });
  const settings = {
    model: 'm',
    baseUrl: orders.url,
    autonomy: 'autopilot',
    maxTurns: 50,
    limits: {},
    prices: {},
    webFetch: false,
    models: {},
    thinking: 'default',
    effort: 'default',
    contextTokens: 150_000,
    hooks: 'off',
    lint: {},
  } as const;
  const quiet = () => {};
  const processes = createNodeProcesses();
  const log: Ports['log'] = {
    info: quiet,
    warn: quiet,
    error: (message, error) => console.error(message, error),
  };
  return {
    copies: createNodeFileCopies(join(orders.home, 'copies')),
    snapshots: laterSnapshots(join(orders.home, 'checkpoints')),
    worktrees: laterWorktrees({ folder: join(orders.home, 'worktrees'), processes, log }),
    files: mortal(createNodeFiles(orders.home), orders),
    watcher: { watch: never },
    clock: nodeClock,
    hasher: nodeHasher,
    ids: nodeIds,
    log,
    processes,
    settings: { get: () => settings, onDidChange: never },
    trust: { trusted: true, onDidGrant: never },
    person: { present: true, ask: async ({ answers }) => answers[0]?.id, name: async () => 'Ada' },
    models: { current: async () => ({ model }), onDidChange: never },
    signatures: nodeSignatures,
    signer: undefined,
  };
}

async function main(): Promise<void> {
  const { root, home } = orders;
  const core = createCore(createPorts(), { roots: [root], home, hostRunsHooks: false });
  core.sessions.onDidChange((id) => {
    const open = core.sessions
      .get(id)
      ?.items.find((item) => item.type === 'tool' && item.status === 'asking');
    if (open?.type === 'tool') setImmediate(() => core.sessions.answer(id, open.call, 'once'));
  });
  await core.specs.ready;
  await core.workflow.reconcile();
  const said = await (orders.parallel === undefined ? oneTask(core) : allTasks(core, orders.parallel));
  await core.close();
  console.log(said);
}

async function oneTask({ sessions, tasks }: Core): Promise<string> {
  const [last] = sessions.known;
  if (last?.state.status === 'done') return 'over';
  const results = await (last ? tasks.resume(last.id) : tasks.run(orders.spec, '1'));
  return results.map(({ outcome, reason }) => `${outcome} ${reason ?? ''}`.trim()).join();
}

async function allTasks({ runs }: Core, parallel: number): Promise<string> {
  const [last] = await runs.list();
  if (last?.status === 'done') return 'over';
  const { status, reason } = await (last
    ? runs.resume(last.id)
    : runs.start(orders.spec, { ...RUN_OPTIONS, parallel }));
  return `${status} ${reason ?? ''}`.trim();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
