/** What the person set in the panel: kept over reloads. */
import { asRecord } from '../shared/guards';

export interface UiState {
  /** The task whose detail is shown; undefined: the one that wants to be looked at. */
  readonly task: string | undefined;
  /** Hints that were written and not sent, by task. */
  readonly hints: Readonly<Record<string, string>>;
}

export function readUiState(kept: unknown): UiState {
  const { task, hints } = asRecord(kept);
  const texts = Object.entries(asRecord(hints)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
  return { task: typeof task === 'string' ? task : undefined, hints: Object.fromEntries(texts) };
}
