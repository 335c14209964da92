/** How a task looks in each state: an icon and a word; colour only repeats them. */
import type { RunRow, RunTone } from '../../protocol/run';
import type { IconName, Tone } from '../shared/iconNames';

export interface PhaseLook {
  /** Undefined: it runs, and has a spinner. */
  readonly icon: IconName | undefined;
  readonly tone: Tone;
  readonly word: string;
}

const RUNNING = { icon: undefined, tone: 'info' } as const;

export const PHASES: Readonly<Record<RunRow['phase'], PhaseLook>> = {
  planned: { icon: 'circle-large-outline', tone: 'dim', word: 'planned' },
  left: { icon: 'circle-slash', tone: 'dim', word: 'not in this run' },
  waiting: { icon: 'clockface', tone: 'dim', word: 'waits' },
  working: { ...RUNNING, word: 'running' },
  checking: { ...RUNNING, word: 'its checks run' },
  reviewing: { ...RUNNING, word: 'under review' },
  merging: { ...RUNNING, word: 'merging' },
  done: { icon: 'pass-filled', tone: 'ok', word: 'done' },
  reopened: { icon: 'discard', tone: 'warn', word: 'open again' },
  ticked: { icon: 'check', tone: 'ok', word: 'ticked since' },
  unproven: { icon: 'question', tone: 'warn', word: 'unproven' },
  failed: { icon: 'error', tone: 'err', word: 'failed' },
  skipped: { icon: 'debug-step-over', tone: 'dim', word: 'skipped' },
  stopped: { icon: 'circle-slash', tone: 'dim', word: 'stopped' },
  interrupted: { icon: 'debug-disconnect', tone: 'warn', word: 'interrupted' },
};

/** Beside the words of a verdict. */
export const VERDICT_ICONS: Readonly<Record<RunTone, IconName>> = {
  ok: 'check',
  warn: 'question',
  err: 'error',
  dim: 'circle-slash',
  plain: 'circle-outline',
};
