/** Invented sessions for the agent view. */

import { NO_CHANGES } from '../../../src/core/agent/changes/foldChanges';
import type { SessionStarted } from '../../../src/core/agent/session/events';
import type {
  CheckItem,
  SessionItem,
  SessionState,
  ToolItem,
} from '../../../src/core/agent/session/sessionState';
import type { AgentModel, SessionSummary } from '../../../src/protocol/agent';

export const NOW = Date.UTC(2025, 4, 12, 14, 41, 20);
const AT = NOW - 372_000;

export const started: SessionStarted = {
  type: 'session.started',
  version: 1,
  session: 's1',
  kind: 'task',
  title: '3.2 The queue on the device',
  root: '/home/ada/tool-library',
  spec: '/home/ada/tool-library/.kiro/specs/tool-library',
  task: '3.2',
  model: 'claude-sonnet',
  rehearsed: false,
  owner: 'x',
};

let calls = 0;

export function tool(name: string, input: unknown, change: Partial<ToolItem> = {}): ToolItem {
  return {
    type: 'tool',
    call: `call${calls++}`,
    name,
    input,
    status: 'ok',
    question: undefined,
    output: '',
    edit: undefined,
    startedAt: AT,
    durationMs: 80 + ((calls * 37) % 90),
    ...change,
  };
}

export function check(change: Partial<CheckItem> = {}): CheckItem {
  return {
    type: 'check',
    command: 'npm test -- station',
    status: 'passed',
    exitCode: 0,
    output:
      '> vitest run station\n\n \u001b[32m✓\u001b[39m keeps a return \u001b[2m6 ms\u001b[22m\n \u001b[32m✓\u001b[39m sends it once \u001b[2m4 ms\u001b[22m\n\n Tests  2 passed',
    startedAt: AT,
    durationMs: 4200,
    ...change,
  };
}

const before = `import { Ledger } from './ledger';
import type { Scan } from './scan';

export class Station {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  async takeBack(scan: Scan): Promise<void> {
    await this.#ledger.append({ kind: 'back', tool: scan.tool, at: scan.at });
  }

  get name(): string {
    return 'Return Station';
  }
}
`;

const after = before
  .replace(
    "import type { Scan } from './scan';\n",
    "import { DeviceQueue } from './deviceQueue';\nimport type { Scan } from './scan';\n",
  )
  .replace(
    "    await this.#ledger.append({ kind: 'back', tool: scan.tool, at: scan.at });\n",
    "    const entry = { kind: 'back', tool: scan.tool, at: scan.at } as const;\n    await this.#ledger.append(entry).catch(() => this.#queue.push(entry));\n",
  );

export const edit = { path: 'src/station.ts', before, after };

export const prompt: SessionItem = {
  type: 'user',
  at: AT,
  text: 'Do task 3.2 of tool-library: “The queue on the device”.\nReturns made while the member register is unreachable are stored on the device and sent later (2.3).',
};

export const reads: readonly SessionItem[] = [
  tool('read_file', { path: 'src/station.ts' }),
  tool('read_file', { path: 'src/ledger.ts' }),
  tool('search', { pattern: 'append\\(' }),
  tool('read_file', { path: 'src/scan.ts' }),
  tool('read_file', { path: 'test/station.test.ts' }),
  tool('search', { pattern: 'isReachable' }),
];

export const plan: SessionItem = {
  type: 'text',
  at: AT,
  text: 'A return only has to survive the register being away. I queue it in `station.ts` and leave `ledger.ts` alone.',
};

export const running = tool(
  'run_command',
  { command: 'npm test -- station' },
  { status: 'running', startedAt: NOW - 12_000, durationMs: undefined, call: 'run1' },
);

export const allowed = tool(
  'run_command',
  { command: 'npm install --save-dev fake-timers@^11' },
  {
    question: {
      subject: 'npm install --save-dev fake-timers@^11',
      capability: 'run',
      where: 'workspace root',
      why: 'Commands ask first.',
    },
    output: 'added 1 package in 2 s',
    durationMs: 4200,
  },
);

export const asking = tool(
  'run_command',
  { command: 'npm install --save-dev fake-timers@^11' },
  {
    status: 'asking',
    durationMs: undefined,
    question: {
      subject: 'npm install --save-dev fake-timers@^11',
      capability: 'run',
      where: 'the workspace folder, not sandboxed',
      why: 'Commands can do anything that you can do',
      needs: [
        {
          capability: 'shell',
          text: 'npm install --save-dev fake-timers@^11',
          pattern: 'npm install *',
        },
      ],
    },
  },
);

export const askingParts = tool(
  'run_command',
  { command: 'npm test -- station 2>&1 | tee log/test.txt && git add log > log/add.txt' },
  {
    status: 'asking',
    durationMs: undefined,
    question: {
      subject: 'npm test -- station 2>&1 | tee log/test.txt && git add log > log/add.txt',
      capability: 'run',
      where: 'the workspace folder, not sandboxed',
      why: 'Commands can do anything that you can do',
      needs: [
        { capability: 'shell', text: 'tee log/test.txt', pattern: 'tee log/tests.txt' },
        { capability: 'shell', text: 'git add log', pattern: 'git add *' },
        { capability: 'fs_write', text: 'log/add.txt', pattern: 'log/**' },
      ],
    },
    refusal: {
      why: '“tee log/tests.txt” does not match tee log/test.txt. Change it, or allow this once.',
      need: 0,
      seq: 7,
    },
  },
);

export const askingOnce = tool(
  'run_command',
  { command: 'bash -c "npm test"' },
  {
    status: 'asking',
    durationMs: undefined,
    question: {
      subject: 'bash -c "npm test"',
      capability: 'run',
      where: 'the workspace folder, not sandboxed',
      why: 'Commands can do anything that you can do',
      needs: [],
      onceOnly: 'bash runs or changes what it is given, and no rule can tell what that is.',
    },
  },
);

export const askingWrite = tool(
  'write_file',
  { path: 'src/deviceQueue.ts' },
  {
    status: 'asking',
    durationMs: undefined,
    question: {
      subject: 'src/deviceQueue.ts',
      capability: 'write',
      where: 'the workspace folder',
      why: 'Creates this file',
      needs: [{ capability: 'fs_write', text: 'src/deviceQueue.ts', pattern: 'src/**' }],
    },
    edit: {
      path: 'src/deviceQueue.ts',
      before: undefined,
      after:
        "import { appendFile } from 'node:fs/promises';\n\n/** Returns that wait for the register. */\nexport class DeviceQueue {\n  async push(entry: Entry): Promise<void> {\n    await appendFile(this.path, JSON.stringify(entry) + EOL);\n  }\n}\n",
    },
  },
);

export const live =
  '> vitest run station\n \u001b[32m✓\u001b[39m keeps a return \u001b[2m6 ms\u001b[22m\n \u001b[32m✓\u001b[39m sends it once \u001b[2m4 ms\u001b[22m\n ◌ survives a restart of the device';

export function session(
  items: readonly SessionItem[],
  change: Partial<SessionState> = {},
): NonNullable<AgentModel['session']> {
  return {
    id: 's1',
    started,
    startedAt: AT,
    endedAt: undefined,
    status: 'running',
    reason: undefined,
    items,
    queued: [],
    turns: 6,
    context: 61_400,
    retrying: undefined,
    usage: { inputTokens: 4200, outputTokens: 3120, cacheReadTokens: 41_800, cacheWriteTokens: 6100 },
    cost: 0.31,
    draft: undefined,
    revision: undefined,
    changes: NO_CHANGES,
    ...change,
  };
}

function row(
  id: string,
  title: string,
  status: SessionSummary['status'],
  kind: NonNullable<SessionSummary['kind']>,
  ago: number,
): SessionSummary {
  return { id, title, status, kind, place: 'tool-library', startedAt: AT - ago };
}

export const manySessions: readonly SessionSummary[] = Array.from({ length: 240 }, (_, i) =>
  row(
    `m${i}`,
    `${i % 3 === 0 ? 'Why does the return station ask the register twice' : 'Order of the queue'} ${240 - i}`,
    i === 0 ? 'running' : i % 7 === 3 ? 'failed' : 'done',
    i % 4 === 1 ? 'task' : 'chat',
    i * 1_800_000,
  ),
);

const mentions: NonNullable<AgentModel['mentions']> = [
  { name: 'file', description: 'A file of the workspace', takes: true },
  { name: 'folder', description: 'Names of the files in a folder', takes: true },
  { name: 'spec', description: 'The documents of a specification', takes: true },
  { name: 'steering', description: 'A steering document, also one that is not always included', takes: true },
  { name: 'problems', description: 'Problems that the editor shows', takes: false },
  {
    name: 'terminal',
    description: 'The latest commands in the terminal and what they printed',
    takes: false,
  },
  { name: 'git', description: 'Changes that are not committed', takes: false },
];

export const steps = tool('plan', {
  steps: [
    'Read the station and its test',
    'Queue what cannot be sent',
    'Test the outage',
    'Send the queue later',
  ],
  done: 2,
});

/** A conversation: words with mentions and a picture, and the answer. */
export const talk: readonly SessionItem[] = [
  {
    type: 'user',
    at: AT,
    seq: 1,
    text: 'Why does #file:src/station.ts ask the register twice for one return? It should fit #spec:tool-library, and the picture is what the member sees.',
    attachments: [
      { type: 'text', label: '#file:src/station.ts', lines: 48 },
      { type: 'text', label: '#spec:tool-library', lines: 212 },
      { type: 'image', label: 'picture-1.png' },
    ],
  },
  ...reads,
  {
    type: 'text',
    at: AT,
    text: '`takeBack` asks once for the loan and once for the member, and **both** wait for the network:\n\n1. `ledger.loanOf(scan.tool)` in line 31\n2. `register.memberOf(loan)` in line 34\n\nThe loan holds the member already, so the second question can go. Shall I take it out?',
  },
  { type: 'user', at: AT, seq: 30, text: 'Yes, and name the test after 2.3.' },
];

const { spec: _spec, task: _task, ...startedAlone } = started;

export const chat: SessionStarted = {
  ...startedAlone,
  kind: 'chat',
  title: 'Why does src/station.ts ask the register twice…',
};

export function agentModel(shown: AgentModel['session'], change: Partial<AgentModel> = {}): AgentModel {
  const sessions: AgentModel['sessions'] = [
    row('s1', '3.2 The queue on the device', shown?.status ?? 'running', 'task', 0),
    row('s2', 'Revise requirements.md', 'done', 'revision', 900_000),
    row('s3', '3.1 Scan closes the loan', 'failed', 'task', 4_000_000),
    row('s4', 'Draft design.md', 'interrupted', 'draft', 90_000_000),
  ];
  return {
    session: shown,
    sessions: shown ? sessions : [],
    off: undefined,
    autonomy: 'supervised',
    budget: 150_000,
    modelName: 'claude-sonnet',
    mentions,
    now: NOW,
    ...change,
  };
}
