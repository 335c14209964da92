/** What can be done about two criteria that speak about the same, without a word being lost. */
import type { Criterion } from '../../../ears/model';
import { removeCriterion } from '../../../spec/edits/reorderCriteria';
import type { Fix, SpecDocuments } from '../../../spec/model';
import { rewrite } from '../rewrite';

type Clash = (documents: SpecDocuments, earlier: Criterion, later: Criterion) => readonly Fix[];

/** The same twice: the earlier one stays, and is what names of the later one lead to. */
export const keepOne: Clash = (documents, earlier, later) => {
  const requirement = documents.requirements?.requirements.find(({ criteria }) => criteria.includes(later));
  const isOnly = requirement === undefined || requirement.criteria.length === 1;
  const merged: Fix = {
    title: `Remove ${later.id}, and let what names it name ${earlier.id}`,
    safe: false,
    edits: () => removeCriterion(documents, later.id, earlier.id),
  };
  return [...(isOnly ? [] : [merged]), ...tellApart(documents, earlier, later)];
};

/** Both may hold, each under a condition of its own: which one is for a person to say. */
export const tellApart: Clash = (_documents, earlier, later) => {
  const { text, range, sentence } = later;
  const { leads, subject, modal } = sentence;
  // WHERE comes before WHILE.
  const first = leads.find(({ role }) => role !== 'where')?.keyword.start ?? subject?.start;
  if (first === undefined || modal === undefined || leads[0]?.role === 'quantifier') return [];
  let at = first;
  while (text[at - 1] === '*') at--;
  const capitals = text.slice(modal.word.start, modal.word.end) === 'SHALL';
  const next = text.charAt(at);
  const start = range.start + at;
  const atStart = leads[0]?.role !== 'where';
  const word = capitals ? 'WHILE' : atStart ? 'While' : 'while';
  const edit = capitals
    ? { range: { start, end: start }, newText: `${word} TBD, ` }
    : { range: { start, end: start + 1 }, newText: `${word} TBD, ${next.toLowerCase()}` };
  return [rewrite(`Tell it apart from ${earlier.id}: ${word} TBD, …`, false, [edit])];
};
