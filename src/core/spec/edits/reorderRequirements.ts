/** Inserts and moves whole requirements; their ids follow their positions, and references follow the ids. */
import type { DocumentEdit, Requirement, RequirementsDocument, SpecDocuments } from '../model';
import { eolOf, insertLines, type Lines, linesAround, moveLines } from './lines';
import { growthOf, isAmbiguous, type MovedIds, nextId, withOrphans } from './moved';
import { renumberRequirements } from './requirementIds';
import { rewriteReferences, rewriteText } from './rewriteReferences';

export interface NewRequirement {
  readonly title: string;
  /** `As a …, I want …, so that …`. */
  readonly userStory?: string;
  readonly criteria: readonly string[];
}

/** Puts a requirement before the one at a position, from 0; after all others for any greater. */
export function insertRequirement(
  documents: SpecDocuments,
  position: number,
  requirement: NewRequirement,
): readonly DocumentEdit[] {
  const document = documents.requirements;
  const [like] = document?.requirements ?? [];
  if (document === undefined || like === undefined || document.kind === 'bugfix') return [];
  const likes = countedWith(document, like);
  const at = Math.min(position, likes.length);
  const order: readonly (Requirement | 'new')[] = [...likes.slice(0, at), 'new', ...likes.slice(at)];
  const numbered = numberAnew(documents, document, likes, order);
  if (numbered === undefined) return [];
  const id = idAt(likes, at);
  const words = written(document, like, id, requirement, (text) =>
    rewriteText(documents, numbered.moved, text),
  );
  const eol = eolOf(document.text);
  const gap = likes.length > 1 ? undefined : eol + eol;
  const insertion = insertLines(document.text, linesOf(document, likes), at, words, gap);
  return [...numbered.edits, { document: document.kind, ...insertion }];
}

/** Moves a requirement to a position among those with the same kind of id, from 0, counted without it. */
export function moveRequirement(
  documents: SpecDocuments,
  id: string,
  position: number,
): readonly DocumentEdit[] {
  const document = documents.requirements;
  const requirement = document?.requirements.find((each) => each.id === id);
  if (document === undefined || requirement === undefined || document.kind === 'bugfix') return [];
  const likes = countedWith(document, requirement);
  const index = likes.indexOf(requirement);
  const rest = likes.filter((each) => each !== requirement);
  if (rest.length === 0 || Math.min(position, rest.length) === index) return [];
  const order = [...rest.slice(0, position), requirement, ...rest.slice(position)];
  const numbered = numberAnew(documents, document, likes, order);
  if (numbered === undefined) return [];
  const lines = linesOf(document, likes);
  const own = numbered.edits.filter((edit) => edit.document === document.kind);
  const moved = moveLines(document.text, { likes: lines, index }, { likes: lines, position }, own);
  return [
    ...numbered.edits.filter((edit) => edit.document !== document.kind),
    ...moved.map((edit) => ({ document: document.kind, ...edit })),
  ];
}

/** Those that are counted with a requirement, itself among them: `US-1` and `US-2`, but not `NFR-1`. */
export function countedWith(
  { requirements }: Pick<RequirementsDocument, 'requirements'>,
  { id }: Requirement,
): readonly Requirement[] {
  return requirements.filter((each) => each.id.replace(/\d+$/, '') === id.replace(/\d+$/, ''));
}

function idAt(likes: readonly Requirement[], index: number): string {
  const last = likes.at(-1)?.id ?? '';
  return likes[index]?.id ?? nextId(last, index - likes.length + 1);
}

function linesOf({ text }: RequirementsDocument, requirements: readonly Requirement[]): readonly Lines[] {
  return requirements.map(({ range }) => linesAround(text, range));
}

function numberAnew(
  documents: SpecDocuments,
  document: RequirementsDocument,
  likes: readonly Requirement[],
  order: readonly (Requirement | 'new')[],
): { readonly moved: MovedIds; readonly edits: readonly DocumentEdit[] } | undefined {
  // An id that its heading does not spell out cannot be written anew.
  if (likes.some(({ id, idRange: { start, end } }) => document.text.slice(start, end) !== id))
    return undefined;
  const now = new Map<Requirement, string>();
  order.forEach((requirement, index) => {
    if (requirement !== 'new') now.set(requirement, idAt(likes, index));
  });
  const { moved: known, edits } = renumberRequirements(document, now);
  const list = { last: likes.at(-1)?.id ?? '', by: growthOf(likes, order) };
  const moved: MovedIds = { criterion: withOrphans(documents, 'criterion', known, [list]) };
  if (isAmbiguous(documents, moved)) return undefined;
  return { moved, edits: [...edits, ...rewriteReferences(documents, moved)] };
}

/** A new requirement as the first one is written. */
function written(
  { text }: RequirementsDocument,
  { headingRange, idRange, title: likeTitle }: Requirement,
  id: string,
  { title, userStory, criteria }: NewRequirement,
  rewritten: (text: string) => string,
): string {
  const eol = eolOf(text);
  const [before, after] = [
    text.slice(headingRange.start, idRange.start),
    text.slice(idRange.end, headingRange.end),
  ];
  const hashes = /^#+/.exec(before)?.[0];
  const separator = likeTitle === '' ? '' : after.slice(0, Math.max(0, after.indexOf(likeTitle)));
  const paragraphs = [
    (hashes === undefined ? `### ${before}` : before) + id + (separator || ': ') + title,
    ...(userStory === undefined ? [] : [`**User Story:** ${rewritten(userStory)}`]),
    `${hashes ?? '###'}# Acceptance Criteria`,
    criteria.map((criterion, index) => `${index + 1}. ${rewritten(criterion)}`).join(eol),
  ];
  return paragraphs.join(eol + eol);
}
