/**
 * Two people's changes of one text, part by part: a criterion that only one of them touched is theirs, and one that
 * both touched is a conflict, however close others lie. Lines would tell neighbours apart only by the lines between.
 */
import type { DocumentKind } from '../model';
import { parseDocument } from '../parseDocument';
import { align } from './align';
import { type Part, splitParts } from './parts';

export interface MergeConflict {
  /** As people name the part: `1.2`. */
  readonly id: string;
  readonly base: string;
  /** Undefined where it was taken out. */
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

export interface Merged {
  /** The conflicts are in it as ours has them. */
  readonly text: string;
  readonly conflicts: readonly MergeConflict[];
}

export interface Versions {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Line ends, byte order mark and the last line's end are those of ours. Never throws. */
export function mergeDocuments(kind: DocumentKind, { base, ours, theirs }: Versions): Merged {
  const eol = /\r\n|\r|\n/.exec(ours)?.[0] ?? '\n';
  const [bases, own, others] = [base, ours, theirs].map((text) =>
    splitParts(parseDocument(kind, plain(text))),
  );
  const { parts, conflicts } = mergeParts(bases ?? [], own ?? [], others ?? []);
  const counted = [bases ?? [], own ?? [], others ?? []].every(countsOn) ? countAnew(parts) : parts;
  const text = joined(counted);
  const end = /[\r\n]$/.test(ours) ? text : text.trimEnd();
  const mark = ours.startsWith('\uFEFF') ? '\uFEFF' : '';
  return { text: mark + end.replaceAll('\n', eol), conflicts };
}

function plain(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return lines.endsWith('\n') ? lines : `${lines}\n`;
}

function mergeParts(base: readonly Part[], ours: readonly Part[], theirs: readonly Part[]) {
  const [own, other] = [align(base, ours), align(base, theirs)];
  const parts: Part[] = [];
  const conflicts: MergeConflict[] = [];
  const known = new Set(base.map(({ words }) => words));
  const ownWords = new Set(own.inserted.flat().map(({ words }) => words));
  const insert = (index: number) => {
    const here = own.inserted[index] ?? [];
    const there = (other.inserted[index] ?? []).filter(({ words }) => {
      const twice = here.some((part) => part.words === words);
      // Both moved it: it goes where ours has it.
      return !twice && !(known.has(words) && ownWords.has(words));
    });
    const last = here.at(-1);
    // What stands between theirs and the one before it stands now after the last of ours.
    if (last === undefined || there.length === 0) parts.push(...here, ...there);
    else parts.push(...here.slice(0, -1), { ...last, gap: other.now[index - 1]?.gap ?? last.gap }, ...there);
  };
  insert(0);
  base.forEach((part, index) => {
    const [mine, yours] = [own.now[index], other.now[index]];
    const kept = keep(part, mine, yours);
    if (kept === 'conflict')
      conflicts.push({ id: part.id, base: part.words, ours: mine?.words, theirs: yours?.words });
    const chosen = kept === 'conflict' ? mine : kept;
    if (chosen !== undefined) parts.push(placed(chosen, part, mine, yours));
    insert(index + 1);
  });
  return { parts, conflicts };
}

/** The one of both that changed it; undefined where it was taken out. */
function keep(base: Part, mine: Part | undefined, yours: Part | undefined): Part | undefined | 'conflict' {
  if (mine?.words === yours?.words) return mine;
  if (mine?.words === base.words) return yours;
  if (yours?.words === base.words) return mine;
  return 'conflict';
}

/** Its number and the gap after it are of whoever changed them; ours where both did. */
function placed(chosen: Part, base: Part, mine = base, yours = base): Part {
  const pick = (field: 'number' | 'gap') => (mine[field] === base[field] ? yours[field] : mine[field]);
  return { ...chosen, number: pick('number'), gap: pick('gap') };
}

/** Every part ends its line, whatever stood after it where it comes from. */
function joined(parts: readonly Part[]): string {
  return parts
    .map(
      ({ number, words, gap }) =>
        `${number}${words}${gap.includes('\n') || number + words === '' ? gap : `${gap}\n`}`,
    )
    .join('');
}

/** A number of a list, and what stands around it. */
const COUNTED = /^(\s*)(\d+)([.)])$/;

function countOf(part: Part | undefined): RegExpExecArray | undefined {
  return COUNTED.exec(part?.number ?? '') ?? undefined;
}

/** Do all its lists count without gaps? */
function countsOn(parts: readonly Part[]): boolean {
  return parts.every((part, index) => {
    const [before, own] = [countOf(parts[index - 1]), countOf(part)];
    return before === undefined || own === undefined || Number(own[2]) === Number(before[2]) + 1;
  });
}

/** Both may have inserted a third criterion: then the second of them is the fourth. */
function countAnew(parts: readonly Part[]): readonly Part[] {
  let last: number | undefined;
  return parts.map((part) => {
    const own = countOf(part);
    if (own === undefined) {
      last = undefined;
      return part;
    }
    last = last === undefined ? Number(own[2]) : last + 1;
    return { ...part, number: `${own[1]}${last}${own[3]}` };
  });
}
