/** The eleven classes of defects that must be found by their code, as changes to a criterion that has none. */
import type { Clause, ClauseRole, Criterion } from '../../../src/core/ears/model';
import { parseCriterion } from '../../../src/core/ears/parseCriterion';
import { trimSpan } from '../../../src/core/ears/spans';
import { lintCriterion } from '../../support/lintText';

export interface Defect {
  readonly name: string;
  readonly code: string;
  /** The criterion with the defect; undefined where it has no place for it. */
  readonly make: (criterion: Criterion) => string | undefined;
}

export const DEFECTS: readonly Defect[] = [
  { name: 'should for SHALL', code: 'E102', make: ({ text }) => text.replace(/\bSHALL\b/, 'should') },
  { name: 'must for SHALL', code: 'E102', make: ({ text }) => text.replace(/\bSHALL\b/, 'must') },
  { name: 'no system', code: 'E103', make: withoutSystem },
  { name: 'IF without THEN', code: 'E107', make: withoutThen },
  { name: 'a condition at the end', code: 'E113', make: withConditionAtEnd },
  { name: 'WHILE after WHEN', code: 'E105', make: (criterion) => withClause(criterion, 'WHILE it is late') },
  { name: 'no comma', code: 'E106', make: withoutComma },
  { name: 'a second WHEN', code: 'E109', make: (criterion) => withClause(criterion, 'WHEN it is late') },
  { name: 'a second SHALL', code: 'E112', make: ({ text }) => `${text.replace(/\.$/, '')} and SHALL log it` },
  { name: 'a dropped SHALL', code: 'E101', make: withoutShall },
  { name: 'THEN without IF', code: 'E110', make: withLoneThen },
];

/** Is a criterion one to make defects in: with SHALL as its verb, and without a finding of its form? */
export function isWellFormed(text: string): boolean {
  const { sentence } = parseCriterion('1.1', text, 0);
  if (sentence.modal === undefined || sentence.modal.weak) return false;
  return !lintCriterion(text).some(({ code }) => code.startsWith('E'));
}

export interface Caught {
  readonly made: number;
  readonly missed: readonly string[];
}

/** Makes a defect wherever there is a place for it. */
export function seed({ code, make }: Defect, criteria: readonly Criterion[]): Caught {
  const texts = criteria.flatMap((criterion) => make(criterion) ?? []);
  const missed = texts.filter((text) => !lintCriterion(text).some((problem) => problem.code === code));
  return { made: texts.length, missed };
}

/** One line of the table that the tests print. */
export function tableRow({ name, code }: Defect, { made, missed }: Caught): string {
  const percent = made === 0 ? '–' : `${((100 * (made - missed.length)) / made).toFixed(1)} %`;
  const caught = `${made - missed.length}/${made}`;
  return `      ${code}  ${name.padEnd(24)}${caught.padStart(12)}${percent.padStart(10)}`;
}

function clauseOf({ clauses }: Criterion, role: ClauseRole): Clause | undefined {
  return clauses.find((clause) => clause.role === role);
}

function withoutSystem(criterion: Criterion): string | undefined {
  const { subject, leads } = criterion.sentence;
  const { text } = criterion;
  if (subject === undefined || leads.length === 0) return undefined;
  return text.slice(0, subject.start) + text.slice(subject.name.end).trimStart();
}

function withoutThen(criterion: Criterion): string | undefined {
  const { sentence, text } = criterion;
  const then = sentence.leads.at(-1);
  if (then?.role !== 'then' || sentence.leads.at(-2)?.role !== 'if') return undefined;
  const { end } = trimSpan(text, { start: 0, end: then.keyword.start });
  return `${text.slice(0, end)},${text.slice(then.keyword.end)}`;
}

function withConditionAtEnd(criterion: Criterion): string | undefined {
  const [when, system, response] = [
    clauseOf(criterion, 'when'),
    clauseOf(criterion, 'system'),
    clauseOf(criterion, 'response'),
  ];
  return (
    when && system && response && `THE ${system.text} ${response.keyword} ${response.text} when ${when.text}`
  );
}

/** Puts a clause behind the trigger. */
function withClause(criterion: Criterion, clause: string): string | undefined {
  const when = clauseOf(criterion, 'when');
  if (when === undefined) return undefined;
  const at = when.range.end - criterion.range.start;
  return `${criterion.text.slice(0, at)}, ${clause}${criterion.text.slice(at)}`;
}

function withoutComma({ text, sentence: { leads, subject } }: Criterion): string | undefined {
  const last = leads.at(-1);
  if (last === undefined || subject === undefined || last.role === 'then' || last.role === 'if')
    return undefined;
  const { end } = trimSpan(text, { start: last.keyword.end, end: subject.start });
  // Without its THE, nothing would tell where the system begins.
  const isMarked =
    /^the\b/i.test(text.slice(subject.start)) && /^[,，]\s*$/.test(text.slice(end, subject.start));
  return isMarked ? `${text.slice(0, end)} ${text.slice(subject.start)}` : undefined;
}

function withoutShall({ text }: Criterion): string {
  return text.replace(/\bSHALL (?:NOT )?/, '');
}

function withLoneThen({ text, sentence: { leads, subject } }: Criterion): string | undefined {
  if (subject === undefined || leads.some(({ role }) => role !== 'where' && role !== 'while'))
    return undefined;
  return `${text.slice(0, subject.start)}THEN ${text.slice(subject.start)}`;
}
