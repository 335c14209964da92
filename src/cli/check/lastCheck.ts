/** What the last check said, to be said again to the same question where nothing changed that it looked at. */
import { readFileSync } from 'node:fs';
import type { Summary } from './report/report';

export interface Said {
  readonly text: string;
  readonly summary: Summary;
}

export interface LastCheck extends Said {
  /** The question, and all else that a report depends on beside the folders. */
  readonly asked: string;
  /** Names what was looked at. */
  readonly seen: string;
}

export function readLast(file: string, asked: string): LastCheck | undefined {
  try {
    const last = JSON.parse(readFileSync(file, 'utf8')) as LastCheck;
    const isWhole = typeof last.text === 'string' && typeof last.summary?.errors === 'number';
    return last.asked === asked && isWhole ? last : undefined;
  } catch {
    return undefined;
  }
}
