/** How much is kept. */
import type { SnapshotLimits } from '../ports';

export interface CheckpointSettings {
  readonly on: boolean;
  /** Megabytes; a larger file is left out. */
  readonly maxFileSize: number;
  /** Megabytes, for each workspace folder. */
  readonly maxStoreSize: number;
  /** As many, for as many days. */
  readonly keep: number;
  readonly keepDays: number;
}

export const DEFAULT_CHECKPOINTS: CheckpointSettings = {
  on: true,
  maxFileSize: 50,
  maxStoreSize: 2000,
  keep: 500,
  keepDays: 30,
};

/** Milliseconds: longer than this nobody waits. */
const DEADLINE = 15_000;
const DAY = 24 * 60 * 60_000;

export function limitsOf(settings: CheckpointSettings): SnapshotLimits {
  return {
    file: settings.maxFileSize * 1_000_000,
    store: settings.maxStoreSize * 1_000_000,
    deadline: DEADLINE,
    keep: settings.keep,
    age: settings.keepDays * DAY,
  };
}

/** Of what a person wrote: what is no number in its range is the default. */
export function readCheckpointSettings(
  given: Readonly<Record<keyof CheckpointSettings, unknown>>,
): CheckpointSettings {
  const number = (name: 'maxFileSize' | 'maxStoreSize' | 'keep' | 'keepDays') => {
    const value = given[name];
    return typeof value === 'number' && value >= 1 ? Math.floor(value) : DEFAULT_CHECKPOINTS[name];
  };
  return {
    on: given.on !== 'off' && given.on !== false,
    maxFileSize: number('maxFileSize'),
    maxStoreSize: number('maxStoreSize'),
    keep: number('keep'),
    keepDays: number('keepDays'),
  };
}
