/** A document's outline, and what of it folds. */
import type { Requirement, SpecDocument, Task } from '../spec/model';
import type { TextRange } from '../util/textRange';

export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'section' | 'requirement' | 'criterion' | 'property' | 'task' | 'done';
  readonly range: TextRange;
  /** The part that is selected when somebody jumps there. */
  readonly selection: TextRange;
  readonly children: readonly OutlineSymbol[];
}

const LONGEST = 80;

export function outlineOf(document: SpecDocument): readonly OutlineSymbol[] {
  if (document.kind === 'tasks') return document.tasks.map(taskSymbol);
  const inside =
    document.kind === 'design'
      ? document.properties.map(
          ({ id, title, range, headingRange, validates }): OutlineSymbol => ({
            name: `Property ${id}`,
            detail: cut(title === '' ? validates.join(', ') : title),
            kind: 'property',
            range,
            selection: headingRange,
            children: [],
          }),
        )
      : document.requirements.map(requirementSymbol);
  const taken = new Set(inside.map(({ selection }) => selection.start));
  const sections = document.sections
    .filter(({ headingRange, level }) => level <= 2 && !taken.has(headingRange.start))
    .map(({ title, range, headingRange }) => ({ title, range, selection: headingRange }));
  const placed = new Set<OutlineSymbol>();
  const symbols = sections.map(({ title, range, selection }): OutlineSymbol => {
    const children = inside.filter(
      (symbol) =>
        symbol.range.start >= range.start &&
        symbol.range.end <= range.end &&
        !innermostElsewhere(sections, range, symbol),
    );
    for (const child of children) placed.add(child);
    return {
      name: title === '' ? '(no title)' : title,
      detail: '',
      kind: 'section',
      range,
      selection,
      children,
    };
  });
  return [...symbols, ...inside.filter((symbol) => !placed.has(symbol))].sort(
    (a, b) => a.range.start - b.range.start,
  );
}

/** Does the symbol lie in a smaller section than this one? */
function innermostElsewhere(
  sections: readonly { readonly range: TextRange }[],
  range: TextRange,
  symbol: OutlineSymbol,
): boolean {
  return sections.some(
    (other) =>
      other.range !== range &&
      other.range.start >= range.start &&
      other.range.end <= range.end &&
      other.range.start <= symbol.range.start &&
      symbol.range.end <= other.range.end,
  );
}

function requirementSymbol({ id, title, range, headingRange, criteria }: Requirement): OutlineSymbol {
  return {
    name: `Requirement ${id}`,
    detail: cut(title),
    kind: 'requirement',
    range,
    selection: headingRange,
    children: criteria.map(({ id: criterion, text, range: place }) => ({
      name: criterion,
      detail: cut(text),
      kind: 'criterion',
      range: place,
      selection: place,
      children: [],
    })),
  };
}

function taskSymbol({ id, title, state, optional, range, headRange, children }: Task): OutlineSymbol {
  return {
    name: `${id ?? ''} ${cut(title)}`.trim(),
    detail: [
      state === 'done' ? 'done' : state === 'inProgress' ? 'in progress' : '',
      optional ? 'optional' : '',
    ]
      .filter((word) => word !== '')
      .join(', '),
    kind: state === 'done' ? 'done' : 'task',
    range,
    selection: headRange,
    children: children.map(taskSymbol),
  };
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** What folds, by offsets: sections, requirements, properties, tasks with details, fences, comments. */
export function foldsOf(
  document: SpecDocument,
): readonly { readonly range: TextRange; readonly comment: boolean }[] {
  const folds = document.sections.map(({ range }) => ({
    range: trimEnd(document.text, range),
    comment: false,
  }));
  for (const block of document.blocks)
    if (
      (block.kind === 'fence' || block.kind === 'comment' || block.kind === 'table') &&
      block.endLine > block.line
    )
      folds.push({ range: block.range, comment: block.kind === 'comment' });
  if (document.kind === 'tasks') {
    const visit = ({ range, children }: Task): void => {
      folds.push({ range: trimEnd(document.text, range), comment: false });
      children.forEach(visit);
    };
    document.tasks.forEach(visit);
  }
  return folds;
}

function trimEnd(text: string, { start, end }: TextRange): TextRange {
  return { start, end: start + text.slice(start, end).trimEnd().length };
}
