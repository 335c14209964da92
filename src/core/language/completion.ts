/** What may be written at a place: ids, names of the glossary, EARS keywords, the facts of a task. */

import type { DocumentKind, GlossaryTerm, RequirementsDocument, SpecDocuments } from '../spec/model';
import { CODE } from '../spec/references/references';
import { flattenTasks } from '../spec/tasks/taskTree';
import type { TextRange } from '../util/textRange';

export interface Completion {
  readonly label: string;
  readonly detail: string;
  readonly kind: 'id' | 'term' | 'keyword' | 'snippet' | 'fact';
  /** With `$1` and `$0` where a person goes on, if it is a snippet; braces and dollars of text escaped. */
  readonly insert: string;
  /** What it replaces. */
  readonly range: TextRange;
}

/** What has been written of an id so far: `1.`, `GE-1.`, or the letters of a code. */
const TYPED = String.raw`(?:(?<![\w-])(?:${CODE}[\d.]*|[A-Z]{1,12}(?:-[A-Z]{0,12}){0,2}))|[\d.]*`;
const IDS = new RegExp(
  String.raw`(?:_requirements?\s*:|validates\s*:\**\s*(?:requirements?(?![\w-]))?)[^_*\r\n]*?(?<typed>${TYPED})$`,
  'i',
);
const TASKS = /_depends\s*:[^_\r\n]*?(?<typed>[\d.]*)$/i;
const PROPERTIES = /\*\*property\s+(?<typed>\d*)$/i;
const FACT_START = /^\s*[-*+]\s+(?<typed>[_*]{0,2}\w*)$/;
const CRITERION_START = /^\s*(?:\d+[.)]|[-*+])\s+(?<typed>\w*)$/;
const AFTER_THE = /\bTHE\s+(?<typed>[\w-]*)$/i;
const AFTER_COMMA = /[,，]\s*(?<typed>\w*)$/;
/** Where a sentence names its system: at its start, after a condition, or after THEN. */
const SUBJECT =
  /(?:^\s*(?:\d+[.)]|[-*+])\s+|[,，]\s*(?:\**then\**\s+)?|\bTHEN\**\s+)\**(?:(?:the|an?)\b\**\s+)?\**$/i;
/** What may follow a system: nothing yet, or the beginning of SHALL. */
const AFTER_SYSTEM = /\**\s+\**(?<typed>(?:s|sh|sha|shal|shall)?)$/i;
/** `Door_Lo`: the beginning of a name in running text. */
const NAME_START = /(?<![\p{L}\p{N}_`.-])(?<typed>\p{Lu}[\p{L}\p{N}_-]*)$/u;

const PATTERNS: readonly (readonly [label: string, detail: string, insert: string])[] = [
  ['THE … SHALL', 'always', 'THE ‹System› SHALL '],
  ['WHEN …, THE … SHALL', 'when something happens', 'WHEN ‹event›, THE ‹System› SHALL '],
  ['WHILE …, THE … SHALL', 'as long as something holds', 'WHILE ‹state›, THE ‹System› SHALL '],
  ['IF …, THEN THE … SHALL', 'when something goes wrong', 'IF ‹failure›, THEN THE ‹System› SHALL '],
  ['WHERE …, THE … SHALL', 'where a feature is there', 'WHERE ‹feature›, THE ‹System› SHALL '],
  [
    'WHILE …, WHEN …, THE … SHALL',
    'in a state, when something happens',
    'WHILE ‹state›, WHEN ‹event›, THE ‹System› SHALL ',
  ],
];
const FACTS: readonly (readonly [label: string, detail: string, insert: string])[] = [
  ['_Requirements: …_', 'the criteria that this task meets', '_Requirements: $1_'],
  ['_Verify: …_', 'the command whose success means done', '_Verify: $1_'],
  ['_Depends: …_', 'tasks that come before', '_Depends: $1_'],
  ['_Boundary: …_', 'the files that it may touch', '_Boundary: $1_'],
];
const MODALS: readonly string[] = ['SHALL', 'SHALL NOT'];
const KEYWORDS: readonly string[] = ['THE', 'THEN', 'WHEN', 'WHILE', 'IF', 'WHERE'];

export function completionsAt(
  documents: SpecDocuments,
  kind: DocumentKind,
  offset: number,
): readonly Completion[] {
  const document = [documents.requirements, documents.design, documents.tasks].find(
    (each) => each?.kind === kind,
  );
  if (document === undefined) return [];
  const lineStart =
    Math.max(document.text.lastIndexOf('\n', offset - 1), document.text.lastIndexOf('\r', offset - 1)) + 1;
  const before = document.text.slice(lineStart, offset);
  const typed = (match: RegExpExecArray): TextRange => ({
    start: offset - (match.groups?.typed?.length ?? 0),
    end: offset,
  });
  if (kind === 'requirements' || kind === 'bugfix') return inCriteria(documents, offset, before, typed);
  const ids = IDS.exec(before);
  if (ids !== null) return criterionIds(documents, typed(ids));
  const isCode = document.blocks.some(
    ({ kind: what, range }) => what === 'fence' && range.start <= offset && offset <= range.end,
  );
  const names = () => (isCode ? [] : namesStarted(documents, before, typed));
  if (kind === 'design') return names();
  const tasks = TASKS.exec(before);
  if (tasks !== null) return taskIds(documents, typed(tasks));
  const properties = PROPERTIES.exec(before);
  if (properties !== null) return propertyIds(documents, typed(properties));
  const fact = FACT_START.exec(before);
  const inTask = flattenTasks(documents.tasks?.tasks ?? []).some(
    ({ headRange }) => headRange.end < lineStart,
  );
  return fact !== null && inTask ? snippets(FACTS, 'fact', typed(fact)) : names();
}

/** The names of the glossary that begin like what is written, so that one thing keeps its one name. */
function namesStarted(
  { requirements }: SpecDocuments,
  before: string,
  typed: (match: RegExpExecArray) => TextRange,
): readonly Completion[] {
  const started = NAME_START.exec(before);
  const letters = started?.groups?.typed?.toLowerCase();
  if (started === null || letters === undefined || before.split('`').length % 2 === 0) return [];
  return (requirements?.glossary ?? [])
    .filter(({ name }) => name.toLowerCase().startsWith(letters))
    .map((term) => termCompletion(term, typed(started)));
}

function termCompletion({ name, definition }: GlossaryTerm, range: TextRange): Completion {
  return { label: name, detail: definition, kind: 'term', insert: escapedSnippet(name), range };
}

function inCriteria(
  documents: SpecDocuments,
  offset: number,
  before: string,
  typed: (match: RegExpExecArray) => TextRange,
): readonly Completion[] {
  const { requirements } = documents;
  const requirement = requirements?.requirements.find(
    ({ range, headingRange }) => headingRange.end < offset && offset <= range.end + 8,
  );
  if (requirements === undefined || requirement === undefined) return [];
  const start = CRITERION_START.exec(before);
  if (start !== null)
    return snippets(
      PATTERNS.map(([label, detail, text]) => [label, detail, withStops(text)] as const),
      'snippet',
      typed(start),
    );
  const criterion = requirement.criteria.find(
    ({ range }) => range.start <= offset && offset <= range.end + 1,
  );
  if (criterion === undefined) return [];
  const the = AFTER_THE.exec(before);
  if (the !== null) return requirements.glossary.map((term) => termCompletion(term, typed(the)));
  if (/\bshall\b(?=\W)/i.test(before)) return [];
  const system = AFTER_SYSTEM.exec(before);
  if (system !== null && namesSystem(requirements, before.slice(0, system.index)))
    return keywords(MODALS, typed(system));
  const comma = AFTER_COMMA.exec(before);
  return comma === null ? [] : keywords(KEYWORDS, typed(comma));
}

/** Do a criterion's words end with the system that it is about: one that the glossary knows, or “the system”? */
function namesSystem({ glossary }: RequirementsDocument, words: string): boolean {
  const lower = words.toLowerCase();
  return ['system', ...glossary.map(({ name }) => name)].some(
    (name) => lower.endsWith(name.toLowerCase()) && SUBJECT.test(words.slice(0, words.length - name.length)),
  );
}

function keywords(labels: readonly string[], range: TextRange): readonly Completion[] {
  return labels.map((label) => ({ label, detail: '', kind: 'keyword', insert: `${label} `, range }));
}

function criterionIds({ requirements }: SpecDocuments, range: TextRange): readonly Completion[] {
  return (requirements?.requirements ?? []).flatMap(({ id, title, criteria }) => [
    idCompletion(id, title, range),
    ...criteria.map((criterion) => idCompletion(criterion.id, criterion.text, range)),
  ]);
}

function taskIds({ tasks }: SpecDocuments, range: TextRange): readonly Completion[] {
  return flattenTasks(tasks?.tasks ?? []).flatMap(({ id, title }) =>
    id === undefined ? [] : [idCompletion(id, title, range)],
  );
}

function propertyIds({ design }: SpecDocuments, range: TextRange): readonly Completion[] {
  return (design?.properties ?? []).map(({ id, title }) => idCompletion(id, title, range));
}

function idCompletion(label: string, text: string, range: TextRange): Completion {
  return { label, detail: text.replace(/\s+/g, ' '), kind: 'id', insert: escapedSnippet(label), range };
}

function snippets(
  rows: readonly (readonly [label: string, detail: string, insert: string])[],
  kind: Completion['kind'],
  range: TextRange,
): readonly Completion[] {
  return rows.map(([label, detail, insert]) => ({ label, detail, kind, insert, range }));
}

/** `‹System›` becomes a place that the Tab key stops at. */
function withStops(text: string): string {
  let stop = 0;
  return `${text.replace(/‹(\w+)›/g, (_, word: string) => `\${${++stop}:${word}}`)}$0`;
}

function escapedSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
