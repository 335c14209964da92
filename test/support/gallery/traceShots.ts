/** The trace panel in its states. */
import type { TraceModel } from '../../../src/protocol/trace';
import type { Shot } from './shots';
import { earlyTrace, emptyTrace, fullTrace, longTrace, readingTrace } from './traceFixtures';

const of = (model: TraceModel): readonly unknown[] => [{ type: 'model', model }];
const wide = { view: 'trace', theme: 'dark', width: 1200, height: 700, messages: of(fullTrace) } as const;
const CHAIN = { row: '2.3', column: 1, chainOpen: true };

export const traceShots: readonly Shot[] = [
  { ...wide, name: 'trace-dark', kept: CHAIN },
  { ...wide, name: 'trace-light', theme: 'light', kept: CHAIN },
  { ...wide, name: 'trace-hc', theme: 'hc', kept: CHAIN },
  { ...wide, name: 'trace-whole', kept: { row: '1.1' } },
  { ...wide, name: 'trace-filtered', kept: { filters: ['suspect', 'orphaned'] }, height: 420 },
  { ...wide, name: 'trace-no-match', kept: { query: 'nowhere' }, height: 420 },
  { ...wide, name: 'trace-reading', messages: of(readingTrace) },
  { ...wide, name: 'trace-early', messages: of(earlyTrace) },
  { ...wide, name: 'trace-empty', messages: of(emptyTrace), height: 420 },
  {
    ...wide,
    name: 'trace-failed',
    messages: [{ type: 'error', message: 'This spec is no longer there.' }],
    height: 420,
  },
  { ...wide, name: 'trace-loading', messages: [], height: 420, wait: 400 },
  { ...wide, name: 'trace-long', messages: of(longTrace), kept: { row: '57.3' } },
  { ...wide, name: 'trace-narrow', width: 600, kept: { row: '2.3' } },
  { ...wide, name: 'trace-300', width: 300, kept: { row: '2.3' } },
  { ...wide, name: 'trace-300-chain', width: 300, kept: CHAIN },
  {
    ...wide,
    name: 'trace-keys',
    prepare: (page) => page.keyboard.press('?'),
  },
];
