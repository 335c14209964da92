/** Mentions in a text: `#file:src/a.ts`, `#problems`. Pure. */
import { readBlocks } from '../../markdown/blocks';

export interface Mention {
  /** As it is written. */
  readonly text: string;
  readonly kind: string;
  readonly argument: string;
  readonly start: number;
}

/** A name with spaces is written in quotes: `#file:"my notes.md"`. */
const MENTION = /(^|[\s(])#([a-z]+)(?::(?:"([^"\n]+)"|([^\s"]+)))?/g;

/**
 * What stands in a fence is quoted (code, output, a message of a linter): whoever wrote that does not attach anything.
 * @param kinds Names of the kinds there are; anything else behind a `#` is just text.
 */
export function findMentions(text: string, kinds: ReadonlySet<string>): readonly Mention[] {
  const found: Mention[] = [];
  const quotes = readBlocks(text).flatMap((block) => (block.kind === 'fence' ? [block.range] : []));
  for (const match of text.matchAll(MENTION)) {
    const [whole, lead = '', kind = '', quoted, bare] = match;
    const isQuoted = quotes.some(({ start, end }) => match.index >= start && match.index < end);
    if (isQuoted || !kinds.has(kind)) continue;
    // The sentence goes on after it.
    const argument = quoted ?? bare?.replace(/[.,;:!?)]+$/, '') ?? '';
    const cut = quoted === undefined && bare !== undefined ? bare.length - argument.length : 0;
    const mention = whole.slice(lead.length, whole.length - cut);
    found.push({ text: mention, kind, argument, start: match.index + lead.length });
  }
  return found;
}

/** The text as one says it: `#file:src/a.ts` is `src/a.ts` in a title. */
export function withoutMarks(text: string): string {
  return text.replace(MENTION, (whole, lead: string, _kind, quoted?: string, bare?: string) => {
    const argument = quoted ?? bare;
    return argument === undefined ? whole : `${lead}${argument}`;
  });
}

/** The name that a message begins with behind a slash: `/testing before you push`. */
export function slashName(text: string): { readonly written: string; readonly name: string } | undefined {
  const [, written, name] = /^\s*(\/([a-z][\w./-]*))(?=\s|$)/i.exec(text) ?? [];
  return written === undefined || name === undefined ? undefined : { written, name };
}

/** As it is written. */
export function mentionText(kind: string, argument: string): string {
  if (argument === '') return `#${kind}`;
  return /[\s"]|[.,;:!?)]$/.test(argument) ? `#${kind}:"${argument}"` : `#${kind}:${argument}`;
}
