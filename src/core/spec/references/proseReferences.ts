/** `Requirement 3`, `Requirements 1.2 and 3.4`, `Property 4`, `tasks 2.1-2.3`, `US-2` in running text. */
import { maskLiterals } from '../../ears/maskText';
import type { TextRange } from '../../util/textRange';
import type { Reference, SpecDocument } from '../model';
import { CODE, readReferences } from './references';

/** What the ids of a reference name: a requirement or one of its criteria, a property, a task. */
export type Namespace = 'criterion' | 'property' | 'task';

export interface ProseReference {
  readonly names: Namespace;
  readonly reference: Reference;
}

const NUMBER = String.raw`\d{1,6}(?:\.\d{1,6}){0,4}`;
const AND = String.raw`(?:[ \t]*(?:,|;|&|-|–|—)[ \t]*(?:and[ \t]+|or[ \t]+)?|[ \t]+(?:and|or|to|through)[ \t]+)`;
const NAMED = new RegExp(
  String.raw`(?<![\p{L}\p{N}_-])(?:(requirements?|req\.?|criteri(?:on|a)|ac|propert(?:y|ies)|tasks?)[ \t]+#?|(ac|req)-)(${NUMBER}(?:${AND}${NUMBER})*)(?![\p{L}\p{N}_])`,
  'giu',
);
const LABEL = new RegExp(String.raw`(?<![\p{L}\p{N}_-])${CODE}(?:\.\d{1,6}){0,4}(?![\p{L}\p{N}_])`, 'gu');

/** @param labels The ids with letters that something in the spec has: not every `UTF-8` is a requirement. */
export function proseReferences(
  { text, blocks }: Pick<SpecDocument, 'text' | 'blocks'>,
  labels: ReadonlySet<string>,
): readonly ProseReference[] {
  return blocks.flatMap(({ kind, range }) =>
    kind === 'fence' || kind === 'comment' || kind === 'break' ? [] : referencesIn(text, range, labels),
  );
}

/** What a piece of running text names, code and quotations left out. */
export function referencesIn(
  text: string,
  { start, end }: TextRange,
  labels: ReadonlySet<string>,
): readonly ProseReference[] {
  const visible = maskLiterals(text.slice(start, end));
  const found: ProseReference[] = [];
  for (const { 0: whole, 1: word, 2: prefix, 3: list = '', index } of visible.matchAll(NAMED)) {
    const listEnd = start + index + whole.length;
    // `REQ-3` may be what a requirement is called, not its number.
    if (prefix !== undefined && labels.has(whole.toUpperCase())) continue;
    const { references } = readReferences(text, { start: listEnd - list.length, end: listEnd });
    const names = namespaceOf(word ?? prefix ?? '');
    for (const reference of references)
      if (!isPosition(word ?? prefix ?? '', reference)) found.push({ names, reference });
  }
  if (labels.size > 0) found.push(...labelled(visible, start, labels));
  return found;
}

function namespaceOf(word: string): Namespace {
  if (/^p/i.test(word)) return 'property';
  return /^t/i.test(word) ? 'task' : 'criterion';
}

/** “Criterion 2” is the second of whichever requirement the text is about; it names no requirement. */
function isPosition(word: string, { ids }: Reference): boolean {
  return /^(?:criteri|ac)/i.test(word) && ids.some((id) => !id.includes('.'));
}

function labelled(visible: string, start: number, labels: ReadonlySet<string>): readonly ProseReference[] {
  return [...visible.matchAll(LABEL)].flatMap(({ 0: id, index }): readonly ProseReference[] => {
    if (!labels.has(id)) return [];
    const range = { start: start + index, end: start + index + id.length };
    return [{ names: 'criterion', reference: { range, ids: [id], tokens: [{ id, range }] } }];
  });
}
