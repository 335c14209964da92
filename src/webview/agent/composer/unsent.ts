import type { Picture } from '../../../core/agent/turn/images';

/** What was written and not sent: it stays while a session is shown that cannot be talked with. */
export interface Unsent {
  readonly words: string;
  readonly pictures: readonly Picture[];
}

/** What the window kept over a reload: pictures are too large for that. */
export function unsentOf(words: unknown): Unsent {
  return { words: typeof words === 'string' ? words : '', pictures: [] };
}
