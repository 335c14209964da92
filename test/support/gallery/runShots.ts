/** The run panel in its states. */
import type { RunPanelModel } from '../../../src/protocol/run';
import {
  ALL_DONE,
  CAUGHT,
  GOING_ON,
  LONG,
  NOW,
  PLAN,
  planned,
  RED_BEFORE,
  RUNNING,
  shown,
  UNPROVEN,
} from './runFixtures';
import type { Shot } from './shots';

const of = (model: RunPanelModel): readonly unknown[] => [{ type: 'model', model }];
const failed = of(shown(RUNNING, '3.2'));
const wide = { view: 'run', theme: 'dark', width: 830, height: 812, messages: failed } as const;
const HINT = { task: '3.2', hints: { '3.2': 'An unknown code is not an outage: keep the 404 path first' } };
const conflict = { kind: 'conflict', task: '3.2', paths: ['src/redirector.ts'] } as const;
const reopened = { ...GOING_ON, reopened: ['3.3 Answer expired codes', '4.3 Daily report'] };
const finding = {
  ...{ rule: 'cycle', message: 'Task 3 waits for itself: 3 → 1 → 3.', range: { start: 0, end: 4 } },
} as const;

export const runShots: readonly Shot[] = [
  { ...wide, name: 'run-dark', kept: HINT },
  { ...wide, name: 'run-light', theme: 'light', kept: HINT },
  { ...wide, name: 'run-hc', theme: 'hc', kept: HINT },
  { ...wide, name: 'run-hc-light', theme: 'hcLight' },
  { ...wide, name: 'run-narrow', width: 560 },
  { ...wide, name: 'run-300', width: 300, height: 1400, kept: HINT },
  { ...wide, name: 'run-going-on', messages: of(shown(GOING_ON, '3.2')), kept: { task: '3.2' } },
  { ...wide, name: 'run-checking', messages: of(shown(GOING_ON, '3.3')), kept: { task: '3.3' } },
  { ...wide, name: 'run-waiting', messages: of(shown(GOING_ON, '4.3')), kept: { task: '4.3' } },
  { ...wide, name: 'run-task-done', messages: of(shown(GOING_ON, '2.1')), kept: { task: '2.1' } },
  { ...wide, name: 'run-caught', height: 1100, messages: of(shown(CAUGHT, '3.2')) },
  { ...wide, name: 'run-unproven', messages: of(shown(UNPROVEN, '3.2')) },
  {
    ...wide,
    name: 'run-paused',
    messages: of(shown({ ...GOING_ON, status: 'paused' }, '4.2')),
    kept: { task: '4.2' },
  },
  {
    ...wide,
    name: 'run-stopping',
    messages: of(shown({ ...GOING_ON, status: 'stopping' }, '4.2')),
    kept: { task: '4.2' },
  },
  { ...wide, name: 'run-reopened', messages: of(shown(reopened, '3.2')) },
  {
    ...wide,
    name: 'run-reopened-300',
    width: 300,
    height: 1100,
    theme: 'light',
    messages: of(shown(reopened, '3.2')),
  },
  { ...wide, name: 'run-interrupted', messages: of(shown({ ...GOING_ON, status: 'interrupted' }, '3.2')) },
  { ...wide, name: 'run-budget', messages: of(shown({ ...RUNNING, needs: [{ kind: 'budget' }] }, '3.2')) },
  {
    ...wide,
    name: 'run-permission',
    messages: of(shown({ ...RUNNING, needs: [{ kind: 'permission', session: 's-4.2' }] }, '4.2')),
  },
  { ...wide, name: 'run-conflict', messages: of(shown({ ...RUNNING, needs: [conflict] }, '3.2')) },
  {
    ...wide,
    name: 'run-conflict-300',
    width: 300,
    height: 1000,
    messages: of(shown({ ...RUNNING, needs: [conflict] }, '1.1')),
    kept: { task: '1.1' },
  },
  {
    ...wide,
    name: 'run-reopened',
    messages: of(shown(ALL_DONE, '1.1', { boxOf: ({ id }) => (id === '1.1' ? 'open' : 'done') })),
    kept: { task: '1.1' },
  },
  { ...wide, name: 'run-red-before', messages: of(shown(RED_BEFORE, '3.2')), kept: { task: '3.2' } },
  { ...wide, name: 'run-all-done', messages: of(shown(ALL_DONE, '1.1')) },
  { ...wide, name: 'run-long', messages: of(shown(LONG, '13.1')), kept: { task: '13.1' } },
  { ...wide, name: 'run-plan', messages: of(planned(PLAN)), kept: { task: '3' } },
  {
    ...wide,
    name: 'run-plan-300',
    width: 300,
    height: 1000,
    messages: of(planned(PLAN)),
    kept: { task: '3' },
  },
  { ...wide, name: 'run-plan-cycle', messages: of(planned({ ...PLAN, findings: [finding] })) },
  {
    ...wide,
    name: 'run-nothing',
    height: 420,
    messages: of(planned({ ...PLAN, tasks: [], optional: [] }, { now: NOW })),
  },
  {
    ...wide,
    name: 'run-error',
    messages: [...failed, { type: 'error', message: 'Task 3.2 is being worked on already.' }],
  },
  { ...wide, name: 'run-keys', prepare: (page) => page.keyboard.press('?') },
  { ...wide, name: 'run-loading', messages: [], height: 420, wait: 400 },
];
