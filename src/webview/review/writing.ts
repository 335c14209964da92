/** What is being written in the panel: one thing at a time, and never lost by a reload. Pure. */
import type { FromReview, ReviewItem } from '../../protocol/review';
import { asRecord } from '../shared/guards';

export type Writing = (
  | {
      readonly kind: 'comment';
      /** The row that it stands in. */
      readonly nav: string;
      readonly start: number;
      /** The words that were selected. */
      readonly quote: string;
    }
  | { readonly kind: 'answer'; readonly thread: string }
  | { readonly kind: 'reword'; readonly thread: string; readonly comment: string }
) & { readonly text: string };

/** A comment on a row, or on the words selected in it. */
export function commentOn(nav: string, place: ReviewItem, selected: string): Writing {
  return { kind: 'comment', nav, start: place.offset, quote: selected.trim(), text: '' };
}

export function sendingOf(
  writing: Writing,
  shown: Extract<FromReview, { type: 'comment' }>['kind'],
): FromReview {
  const text = writing.text.trim();
  if (writing.kind === 'answer') return { type: 'answerComment', thread: writing.thread, text };
  if (writing.kind === 'reword')
    return { type: 'rewordComment', thread: writing.thread, comment: writing.comment, text };
  return { type: 'comment', kind: shown, start: writing.start, quote: writing.quote, text };
}

/** What was kept, whatever it is now. */
export function readWriting(kept: unknown): Writing | undefined {
  const { kind, text, nav, start, quote, thread, comment } = asRecord(kept);
  if (typeof text !== 'string') return undefined;
  if (kind === 'answer' && typeof thread === 'string') return { kind, thread, text };
  if (kind === 'reword' && typeof thread === 'string' && typeof comment === 'string')
    return { kind, thread, comment, text };
  if (kind !== 'comment' || typeof nav !== 'string' || typeof quote !== 'string') return undefined;
  return typeof start === 'number' ? { kind, nav, start, quote, text } : undefined;
}
