/** Inserts, removes and moves criteria; ids follow their positions, and references follow the ids. */
import type { Criterion } from '../../ears/model';
import type { TextRange } from '../../util/textRange';
import type { DocumentEdit, Requirement, RequirementsDocument, SpecDocuments } from '../model';
import { criterionLines, findCriterion, isWrittenAlike, markerOf, placesOf } from './criterionList';
import { insertLines, lineStart, moveLines, removeLines } from './lines';
import { listStarts, numbersOfLists } from './listNumbers';
import { growthOf, isAmbiguous, type MovedIds, withOrphans } from './moved';
import { readsBack } from './readBack';
import { rewriteReferences, rewriteText } from './rewriteReferences';

/** What stands at each place of a requirement afterwards: a criterion, or a new one. */
interface Arrangement {
  readonly requirement: Requirement;
  readonly order: readonly (Criterion | 'new')[];
  /** What moved to another place of its own requirement. */
  readonly moved?: { readonly criterion: Criterion; readonly joins: 'before' | 'after' };
}

/**
 * Puts a new criterion before the one at a position (from 0; at the end for any greater). No edit where the
 * requirement has no criterion yet, since nothing says how they are written.
 */
export function insertCriterion(
  documents: SpecDocuments,
  requirementId: string,
  position: number,
  text: string,
): readonly DocumentEdit[] {
  const document = documents.requirements;
  const requirement = document?.requirements.find(({ id }) => id === requirementId);
  const like = requirement?.criteria[0];
  if (document === undefined || requirement === undefined || like === undefined) return [];
  const order = [
    ...requirement.criteria.slice(0, position),
    'new',
    ...requirement.criteria.slice(position),
  ] as const;
  const numbered = numberAnew(documents, document, [{ requirement, order }]);
  if (numbered === undefined) return [];
  const place = arrangedPlaces(document, { requirement, order })[order.indexOf('new')];
  const words = markerOf(document, like, place?.written ?? '') + rewriteText(documents, numbered.moved, text);
  const insertion = insertLines(document.text, criterionLines(document, requirement), position, words);
  const edits = [...numbered.edits, { document: document.kind, ...insertion }];
  const expected = order.map((each) => (each === 'new' ? text : each));
  return readsBack(document, edits, [{ requirement, order: expected }]) ? edits : [];
}

/**
 * Takes a criterion out, and what named it no longer does. No edit where it is the only one of its requirement.
 * @param heir The criterion that says the same: what named the other one names this one then.
 */
export function removeCriterion(
  documents: SpecDocuments,
  id: string,
  heir?: string,
): readonly DocumentEdit[] {
  const document = documents.requirements;
  const found = findCriterion(document, id);
  if (document === undefined || found === undefined || found.requirement.criteria.length === 1) return [];
  const { requirement, criterion, index } = found;
  const order = requirement.criteria.filter((each) => each !== criterion);
  const numbered = numberAnew(
    documents,
    document,
    [{ requirement, order }],
    heir === undefined ? undefined : { id, heir },
  );
  if (numbered === undefined) return [];
  const { range, newText } = removeLines(document.text, criterionLines(document, requirement), index);
  const kept = numbered.edits.filter((edit) => edit.document !== document.kind || !liesIn(edit.range, range));
  const edits = [...kept, { document: document.kind, range, newText }];
  return readsBack(document, edits, [{ requirement, order }]) ? edits : [];
}

/**
 * Moves a criterion to a position of a requirement's list, from 0, counted without it. No edit where a list would
 * be left without criteria, or has none yet.
 */
export function moveCriterion(
  documents: SpecDocuments,
  id: string,
  requirementId: string,
  position: number,
): readonly DocumentEdit[] {
  const document = documents.requirements;
  const found = findCriterion(document, id);
  const target = document?.requirements.find((requirement) => requirement.id === requirementId);
  if (document === undefined || found === undefined || target === undefined) return [];
  const { requirement, criterion, index } = found;
  const rest = requirement.criteria.filter((each) => each !== criterion);
  const into = target === requirement ? rest : target.criteria;
  if (rest.length === 0 || into.length === 0 || (target === requirement && position === index)) return [];
  const order = [...into.slice(0, position), criterion, ...into.slice(position)];
  const joins = position < index ? 'after' : 'before';
  const arrangements: readonly Arrangement[] =
    target === requirement
      ? [{ requirement, order, moved: { criterion, joins } }]
      : [
          { requirement: target, order },
          { requirement, order: rest },
        ];
  const numbered = numberAnew(documents, document, arrangements);
  if (numbered === undefined) return [];
  const own = numbered.edits.filter((edit) => edit.document === document.kind);
  const moved = moveLines(
    document.text,
    { likes: criterionLines(document, requirement), index },
    { likes: criterionLines(document, target), position },
    own,
  );
  const edits = [
    ...numbered.edits.filter((edit) => edit.document !== document.kind),
    ...moved.map((edit) => ({ document: document.kind, ...edit })),
  ];
  return readsBack(document, edits, arrangements) ? edits : [];
}

/** The edits that number places by an arrangement, everywhere; undefined where an id would be ambiguous. */
function numberAnew(
  documents: SpecDocuments,
  document: RequirementsDocument,
  arrangements: readonly Arrangement[],
  left?: { readonly id: string; readonly heir: string },
): { readonly moved: MovedIds; readonly edits: readonly DocumentEdit[] } | undefined {
  if (!arrangements.every(({ requirement }) => isWrittenAlike(document, requirement))) return undefined;
  const criteria = new Map<string, readonly string[]>(
    arrangements.flatMap(({ requirement }) => requirement.criteria.map(({ id }) => [id, []] as const)),
  );
  const edits: DocumentEdit[] = [];
  for (const arrangement of arrangements) {
    const { requirement, order } = arrangement;
    const places = arrangedPlaces(document, arrangement);
    order.forEach((criterion, index) => {
      const place = places[index];
      if (criterion === 'new' || place === undefined) return;
      criteria.set(criterion.id, [place.id]);
      edits.push(...markerEdit(document, requirement, criterion, place.written));
    });
  }
  const lists = arrangements.map(({ requirement, order }) => ({
    last: requirement.criteria.at(-1)?.id ?? '',
    by: growthOf(requirement.criteria, order),
  }));
  const moved: MovedIds = { criterion: withOrphans(documents, 'criterion', criteria, lists) };
  if (isAmbiguous(documents, moved)) return undefined;
  // Only now: that two ids mean one criterion is what is wanted here.
  const criterion =
    left && new Map(moved.criterion).set(left.id, [criteria.get(left.heir)?.[0] ?? left.heir]);
  const named = criterion === undefined ? moved : { criterion };
  return { moved, edits: [...edits, ...rewriteReferences(documents, named)] };
}

/** The ids of all places, and what is written there. */
function arrangedPlaces(
  document: RequirementsDocument,
  { requirement, order, moved }: Arrangement,
): ReturnType<typeof placesOf> {
  const places = placesOf(document, requirement, order.length);
  if (listStarts(document, requirement).length === 1) return places;
  const numbers = numbersOfLists(document, requirement, order, moved);
  return places.map(({ id }, index) => ({ id, written: numbers[index] ?? '' }));
}

/** Writes another number; in another requirement's list, its kind of marker, too. */
function markerEdit(
  document: RequirementsDocument,
  { criteria }: Requirement,
  criterion: Criterion,
  written: string,
): readonly DocumentEdit[] {
  const { text, kind } = document;
  const [like] = criteria;
  const foreign = like !== undefined && !criteria.includes(criterion);
  const { idRange, range: words } = criterion;
  const range = foreign
    ? { start: lineStart(text, Math.min(idRange.start, words.start)), end: words.start }
    : idRange;
  const newText = foreign ? markerOf(document, like, written) : written;
  return text.slice(range.start, range.end) === newText ? [] : [{ document: kind, range, newText }];
}

function liesIn(inner: TextRange, outer: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
