/** Why changes of the last revision were refused: said by the person, and part of the next request for changes. Pure. */
import type { SessionEntry } from '../agent/session/sessions';

export interface Objection {
  /** The part, as people name it: `1.2`. */
  readonly id: string;
  readonly because: string;
}

/**
 * What was said about the newest revision of a document. A revision that followed has had it in its request.
 * @param entries newest first
 */
export function objectionsOf(
  entries: readonly SessionEntry[],
  spec: string,
  document: string,
): readonly Objection[] {
  const newest = entries.find(
    ({ state: { revision, started } }) => revision && started.spec === spec && started.document === document,
  );
  return newest?.state.revision?.objections ?? [];
}

/** The request with what was said: the person need not say it twice. */
export function withObjections(request: string, objections: readonly Objection[]): string {
  const reasons = objections.map(({ id, because }) => `- ${id}: ${because.trim().replace(/\s+/g, ' ')}`);
  const told =
    reasons.length === 0
      ? ''
      : `Changes of your last revision that were refused, each with the reason:\n\n${reasons.join('\n')}`;
  return [request.trim(), told].filter((part) => part !== '').join('\n\n');
}
