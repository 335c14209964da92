/**
 * A process that works on one task and dies when it is told: at an event of its session's log. Started again without
 * `killAt` it goes on with what it finds. `node crashChild.js '<Orders>'`; prints how the session ended.
 */
import { join } from 'node:path';
import { createCore } from '../../src/core';
import type { FileSystem, Ports } from '../../src/core/ports';
import { createMessagesModel } from '../../src/node/models/messagesModel';
import { createNodeFileCopies } from '../../src/node/nodeFileCopies';
import { createNodeFiles } from '../../src/node/nodeFiles';
import { nodeClock, nodeHasher, nodeIds } from '../../src/node/nodePorts';
import { createNodeProcesses } from '../../src/node/nodeProcesses';
import { nodeSignatures } from '../../src/node/signing/signatures';
import { laterSnapshots } from '../../src/node/snapshots/laterSnapshots';

export interface Orders {
  readonly root: string;
  readonly home: string;
  readonly spec: string;
  readonly url: string;
  /** Of the log's events, from 1; counted anew in each process. */
  readonly killAt?: number;
  /** Before the event is written, in the middle of its line, or when it is on the disk. */
  readonly killWhen?: 'before' | 'within' | 'after';
}

const orders = JSON.parse(process.argv[2] ?? '{}') as Orders;

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing may happen until it comes.
  for (;;);
}

/** Dies on the way of an event to the disk. */
function mortal(files: FileSystem, { killAt = 0, killWhen = 'after' }: Orders): FileSystem {
  let written = 0;
  return {
    ...files,
    async appendText(path, text) {
      const lines = /\/sessions\/.*\.jsonl$/.test(path) ? text.split(/(?<=\n)/) : [];
      const at = killAt - written - 1;
      const line = lines[at];
      if (line === undefined) {
        written += lines.length;
        return files.appendText(path, text);
      }
      const part = { before: '', within: line.slice(0, line.length / 2), after: line }[killWhen];
      const last = lines.slice(0, at).join('') + part;
      if (last !== '') await files.appendText(path, last);
      die();
    },
  };
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
  return {
    copies: createNodeFileCopies(join(orders.home, 'copies')),
    snapshots: laterSnapshots(join(orders.home, 'checkpoints')),
    files: mortal(createNodeFiles(), orders),
    watcher: { watch: never },
    clock: nodeClock,
    hasher: nodeHasher,
    ids: nodeIds,
    log: { info: quiet, warn: quiet, error: (message, error) => console.error(message, error) },
    processes: createNodeProcesses(),
    settings: { get: () => settings, onDidChange: never },
    trust: { trusted: true, onDidGrant: never },
    person: { present: true, ask: async ({ answers }) => answers[0]?.id, name: async () => 'Ada' },
    models: { current: async () => ({ model }), onDidChange: never },
    signatures: nodeSignatures,
    signer: undefined,
  };
}

async function main(): Promise<void> {
  const { root, home, spec } = orders;
  const core = createCore(createPorts(), { roots: [root], home, hostRunsHooks: false });
  core.sessions.onDidChange((id) => {
    const open = core.sessions
      .get(id)
      ?.items.find((item) => item.type === 'tool' && item.status === 'asking');
    if (open?.type === 'tool') setImmediate(() => core.sessions.answer(id, open.call, 'once'));
  });
  await core.specs.ready;
  await core.workflow.reconcile();
  const [last] = core.sessions.known;
  const isOver = last?.state.status === 'done';
  const results = isOver ? [] : await (last ? core.tasks.resume(last.id) : core.tasks.run(spec, '1'));
  await core.close();
  console.log(
    isOver ? 'over' : results.map(({ outcome, reason }) => `${outcome} ${reason ?? ''}`.trim()).join(),
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
