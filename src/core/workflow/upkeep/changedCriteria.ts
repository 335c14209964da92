/** What criteria said when design and tasks were agreed on, and what they say now. */

import type { Hasher } from '../../ports';
import { criteriaDocumentOf } from '../../spec/documentsOf';
import type { DocumentSnapshot, Requirement, Spec } from '../../spec/model';
import { parseDocument } from '../../spec/parseDocument';
import { confirmations, criterionHash } from '../../trace/linkRecords';
import type { LinkRecord } from '../../trace/model';

export interface CriterionChange {
  readonly id: string;
  readonly what: 'reworded' | 'added' | 'removed';
  /** Undefined for what was added, and where nobody knows any more. */
  readonly before: string | undefined;
  /** Undefined for what was removed. */
  readonly after: string | undefined;
}

export interface ChangedInput {
  readonly spec: Spec;
  readonly hasher: Hasher;
  /** What links were confirmed against. */
  readonly records: readonly LinkRecord[];
  /** What the document said whenever it was approved, the latest first. */
  readonly approved: readonly string[];
}

/** By their ids, for that is how links name them: of a criterion that moved, others have its words now. */
export function changedCriteria({
  spec,
  hasher,
  records,
  approved,
}: ChangedInput): readonly CriterionChange[] {
  const snapshot = criteriaDocumentOf(spec);
  if (snapshot?.document === undefined) return [];
  const now = wordsOf(snapshot.kind, snapshot.text ?? '');
  const texts = approved.map((text) => wordsOf(snapshot.kind, text));
  const hash = (text: string) => criterionHash(hasher, text);
  const byHash = new Map(texts.flatMap((words) => [...words.values()].map((text) => [hash(text), text])));
  const suspects = suspectHashes(records);
  const { changed = [], added = [], removed = [] } = snapshot.changes ?? {};
  const ids = new Map<string, CriterionChange['what']>();
  // Of parts, only criteria are called by one word.
  for (const id of removed) if (!now.has(id) && !/[\s#]/.test(id)) ids.set(id, 'removed');
  for (const [id, text] of now) {
    if (added.includes(id)) ids.set(id, 'added');
    else if (changed.includes(id) || suspects(id, hash(text)) !== undefined) ids.set(id, 'reworded');
  }
  return [...ids].map(([id, what]) => {
    const was = byHash.get(suspects(id, hash(now.get(id) ?? '')) ?? '');
    const before = what === 'added' ? undefined : (was ?? texts.find((words) => words.has(id))?.get(id));
    return { id, what, before, after: now.get(id) };
  });
}

/** What a link to a criterion was confirmed against, where no confirmation of that link is of its words now. */
function suspectHashes(records: readonly LinkRecord[]): (id: string, hash: string) => string | undefined {
  const links = [...confirmations(records)].map(
    ([link, hashes]) => [link.slice(link.lastIndexOf(' ') + 1).toUpperCase(), hashes] as const,
  );
  return (id, hash) =>
    links.find(([to, hashes]) => to === id.toUpperCase() && !hashes.includes(hash))?.[1].at(-1);
}

/** The words of all criteria, by id. */
function wordsOf(kind: DocumentSnapshot['kind'], text: string): ReadonlyMap<string, string> {
  const document = parseDocument(kind, text);
  const requirements: readonly Requirement[] = 'requirements' in document ? document.requirements : [];
  return new Map(
    requirements.flatMap(({ criteria }) =>
      criteria.map(({ id, text: words }) => [id, words.replace(/\s+/g, ' ').trim()] as const),
    ),
  );
}
