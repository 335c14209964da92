/** A document cut into what people change as one: a heading with its words, a criterion, a property, a task. */
import { lineStart } from '../edits/lines';
import type { DocumentKind, RequirementsDocument, SpecDocument } from '../model';
import { parseDocument } from '../parseDocument';
import { isCriteriaHead } from '../requirements/criteriaRegion';
import { flattenTasks } from '../tasks/taskTree';

/** The parts of a document, joined, are its text. */
export interface Part {
  /** As people name it: `1.2`, `Requirement 1`, `## Overview`. */
  readonly id: string;
  /** What comes before its number in the list, and the number: `  2.`; empty where it has none. */
  readonly number: string;
  /** The words, without the blank lines after them. */
  readonly words: string;
  /** The blank lines after it: they belong to the place, not to the part. */
  readonly gap: string;
}

export function splitParts(document: SpecDocument): readonly Part[] {
  const { text } = document;
  const starts = new Map<number, string>();
  for (const [id, at] of placesOf(document)) {
    const start = lineStart(text, at);
    if (!starts.has(start)) starts.set(start, id);
  }
  if (!starts.has(0)) starts.set(0, 'the beginning');
  const places = [...starts].sort(([a], [b]) => a - b);
  return places.map(([start, id], index) => partOf(id, text.slice(start, places[index + 1]?.[0])));
}

/** Where parts begin; what is named first has the say. */
function placesOf(document: SpecDocument): readonly (readonly [id: string, at: number])[] {
  const sections = document.sections.map(
    ({ level, title, headingRange }) => [`${'#'.repeat(level)} ${title}`, headingRange.start] as const,
  );
  if (document.kind === 'tasks')
    return [
      ...flattenTasks(document.tasks).map(({ id, title, range }) => [id ?? title, range.start] as const),
      ...sections,
    ];
  if (document.kind === 'design')
    return [
      ...document.properties.map(({ id, range }) => [`Property ${id}`, range.start] as const),
      ...sections,
    ];
  const ofCriteria = criteriaHeads(document);
  return [
    ...document.requirements.flatMap(({ id, headingRange, criteria }) => [
      [`Requirement ${id}`, headingRange.start] as const,
      ...criteria.map((criterion) => [criterion.id, criterion.range.start] as const),
    ]),
    ...sections.filter(([, at]) => !ofCriteria.has(at)),
    // What a person wrote below a criterion is no part of it.
    ...document.requirements.flatMap(({ criteria }) =>
      criteria.flatMap(({ id, range }) => {
        const after = /\S/.exec(document.text.slice(range.end))?.index;
        return after === undefined ? [] : [[`the text after ${id}`, range.end + after] as const];
      }),
    ),
  ];
}

/** Where `#### Acceptance Criteria` stands right below a requirement's heading: it belongs to its head. */
function criteriaHeads({ text, blocks, requirements }: RequirementsDocument): ReadonlySet<number> {
  const heads = new Set(requirements.map(({ headingRange }) => headingRange.start));
  const headings = blocks.filter((block) => block.kind === 'heading');
  const own = headings.filter((heading, index) => {
    const above = headings[index - 1];
    const isBelow = above !== undefined && heads.has(above.range.start) && heading.level > above.level;
    return isBelow && !heads.has(heading.range.start) && isCriteriaHead(text, heading);
  });
  return new Set(own.map(({ range }) => range.start));
}

const NUMBER = /^[ \t]*(?:[-*+][ \t]+(?:\[[ xX~-]\]\\?\*?[ \t]+)?)?\d+(?:\.\d+)*[.)]?(?=[ \t])/;

/** Cuts a part's own text into its number, its words and the blank lines after them. */
export function partOf(id: string, text: string): Part {
  const gap = /\s*$/.exec(text)?.[0] ?? '';
  const body = text.slice(0, text.length - gap.length);
  const number = NUMBER.exec(body)?.[0] ?? '';
  return { id, number, words: body.slice(number.length), gap };
}

/** Line ends as \n, and one at the end: so that parts of several texts fit together. */
export function partsOfText(kind: DocumentKind, text: string): readonly Part[] {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return splitParts(parseDocument(kind, lines.endsWith('\n') ? lines : `${lines}\n`));
}

/** @param like The text whose line ends, byte order mark and last line's end it takes. */
export function joinParts(parts: readonly Part[], like: string): string {
  // Every part ends its line, whatever stood after it where it comes from.
  const text = parts
    .map(
      ({ number, words, gap }) =>
        `${number}${words}${gap.includes('\n') || number + words === '' ? gap : `${gap}\n`}`,
    )
    .join('');
  const end = /[\r\n]$/.test(like) ? text : text.trimEnd();
  const eol = /\r\n|\r|\n/.exec(like)?.[0] ?? '\n';
  return `${like.startsWith('\uFEFF') ? '\uFEFF' : ''}${end.replaceAll('\n', eol)}`;
}
