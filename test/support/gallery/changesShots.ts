/** The changes of a turn, waiting to be kept or refused. */

import type { ChangedFile, ChangeSet } from '../../../src/core/agent/changes/model';
import { changesView } from '../../../src/core/agent/changes/view';
import type { SessionState } from '../../../src/core/agent/session/sessionState';
import { agentModel, edit, plan, prompt, reads, session, tool } from './agentFixtures';
import type { Shot } from './shots';

const base = { view: 'agent', theme: 'dark', width: 420, height: 860 } as const;

const station = Array.from({ length: 60 }, (_, at) => `  const shelf${at} = shelves.get(${at});\n`);
const files: readonly ChangedFile[] = [
  {
    path: 'src/returns/station/register/stationQueue.ts',
    before: station.join(''),
    after: station
      .with(3, '  const shelf3 = await shelves.get(3);\n')
      .with(24, '  const shelf24 = await shelves.get(24);\n  queue.push(shelf24);\n')
      .toSpliced(50, 2)
      .join(''),
  },
  {
    path: 'src/returns/retry.ts',
    before: undefined,
    after: `${Array.from({ length: 30 }, (_, at) => `export const step${at} = ${at};\n`).join('')}`,
  },
  { path: 'src/returns/old.ts', before: 'export const old = true;\n', after: undefined },
  { path: 'test/station.test.ts', from: 'test/old.test.ts', before: 'a\n', after: 'a\n' },
  { path: 'media/logo.png', before: { bytes: 'abc' }, after: undefined },
];

function shown(change: Partial<ChangeSet> = {}, state: Partial<SessionState> = {}): readonly unknown[] {
  const set: ChangeSet = {
    steps: [],
    files,
    state: 'open',
    reviewed: true,
    refused: {},
    left: [],
    commands: true,
    ...change,
  };
  const changes = { set, begun: {} };
  const items = [prompt, ...reads, plan, tool('edit_file', { path: edit.path }, { edit, durationMs: 1100 })];
  return [
    {
      type: 'model',
      model: agentModel(session(items, { ...state, changes }), { changes: changesView(changes) }),
    },
  ];
}

const some = {
  refused: { 'src/returns/station/register/stationQueue.ts': [1], 'src/returns/old.ts': 'all' },
} as const;
const over = { status: 'cancelled', endedAt: Date.UTC(2025, 4, 12, 14, 41, 20) } as const;
const left = [
  {
    path: 'src/returns/retry.ts',
    why: 'You changed the same lines meanwhile. Take back by hand what you do not want.',
  },
];

export const changesShots: readonly Shot[] = [
  { ...base, name: 'changes-dark', messages: shown() },
  { ...base, name: 'changes-light', theme: 'light', messages: shown(some) },
  { ...base, name: 'changes-some-dark', messages: shown(some) },
  { ...base, name: 'changes-300', width: 300, height: 700, messages: shown(some) },
  { ...base, name: 'changes-low', height: 420, messages: shown() },
  { ...base, name: 'changes-one', messages: shown({ files: files.slice(1, 2), commands: false }) },
  { ...base, name: 'changes-stopped', messages: shown({}, over) },
  { ...base, name: 'changes-left', messages: shown({ state: 'settled', left }) },
  {
    ...base,
    name: 'changes-high-contrast',
    theme: 'hc',
    messages: shown(some),
    prepare: async (page) => {
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
    },
  },
];
