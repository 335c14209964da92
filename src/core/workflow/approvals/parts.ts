/** The parts of a document that an approval names one by one, so that a later edit shows what it touched. */
import type { Hasher } from '../../ports';
import { approvalText } from '../../spec/contentHash';
import { splitParts } from '../../spec/merge/parts';
import type { DocumentKind, PartChanges, SpecDocument } from '../../spec/model';
import { earlierName, earlierRanges } from './earlierParts';

const LENGTH = 20;
/** Of earlier versions, which cut documents into other parts. */
const EARLIER_LENGTH = 16;

/** Hashes of all that a document says, by the names of the parts that it is merged and reviewed by. */
export function partsOf(document: SpecDocument, hasher: Hasher): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { id, number, words } of splitParts(document)) {
    // Of a task the mark says whether it is optional; of a criterion the name says where it stands.
    const text = wordsOf(document.kind, document.kind === 'tasks' ? number + words : words);
    const before = texts.get(id);
    // Parts of one name are one to an approval.
    if (text !== '') texts.set(id, before === undefined ? text : `${before}\n${text}`);
  }
  return new Map([...texts].map(([id, text]) => [id, hasher.sha256(text).slice(0, LENGTH)]));
}

/** What was edited since an approval named these parts; of an earlier version's, nothing that it could not name. */
export function changesOf(
  approved: Readonly<Record<string, string>>,
  document: SpecDocument,
  hasher: Hasher,
): PartChanges {
  const entries = Object.entries(approved);
  if (!entries.some(([, { length }]) => length === EARLIER_LENGTH))
    return difference(new Map(entries), partsOf(document, hasher));
  const { kind, text } = document;
  const now = earlierRanges(document).map(
    ([id, { start, end }]) =>
      [id, hasher.sha256(wordsOf(kind, text.slice(start, end))).slice(0, EARLIER_LENGTH)] as const,
  );
  return difference(new Map(entries.map(([id, hash]) => [earlierName(kind, id), hash])), new Map(now));
}

/** A part moves with what stands before it: blank lines and depth say nothing about it. */
function wordsOf(kind: DocumentKind, text: string): string {
  return approvalText(kind, text).replace(/\s+/g, ' ').trim();
}

function difference(approved: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): PartChanges {
  const ids = [...now.keys()];
  return {
    changed: ids.filter((id) => approved.has(id) && approved.get(id) !== now.get(id)),
    added: ids.filter((id) => !approved.has(id)),
    removed: [...approved.keys()].filter((id) => !now.has(id)),
  };
}
