/**
 * Two people's changes of one text, part by part: a criterion that only one of them touched is theirs, and one that
 * both touched is a conflict, however close others lie. Lines would tell neighbours apart only by the lines between.
 */
import type { DocumentKind } from '../model';
import { align } from './align';
import { countAnew, countsOn } from './counting';
import { joinParts, type Part, partsOfText } from './parts';

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

/** What both sides are called where they conflict. */
export interface Labels {
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Line ends, byte order mark and the last line's end are those of ours. Never throws.
 * @param labels Both sides of a conflict are in the text then, between git's own marks.
 */
export function mergeDocuments(kind: DocumentKind, versions: Versions, labels?: Labels): Merged {
  const { base, ours, theirs } = versions;
  const [bases, own, others] = [base, ours, theirs].map((text) => partsOfText(kind, text));
  const { parts, conflicts } = mergeParts(bases ?? [], own ?? [], others ?? [], labels);
  if (labels !== undefined && conflicts.length > 0) return { text: joinParts(parts, ours), conflicts };
  const counted = [bases ?? [], own ?? [], others ?? []].every(countsOn) ? countAnew(parts) : parts;
  return { text: joinParts(counted, ours), conflicts };
}

function mergeParts(
  base: readonly Part[],
  ours: readonly Part[],
  theirs: readonly Part[],
  labels: Labels | undefined,
) {
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
    if (kept === 'conflict' && labels !== undefined) parts.push(marked(part, mine, yours, labels));
    else if (chosen !== undefined) parts.push(placed(chosen, part, mine, yours));
    insert(index + 1);
  });
  return { parts, conflicts };
}

/** Both sides and what they were made from, as git writes a conflict. */
function marked(base: Part, mine: Part | undefined, yours: Part | undefined, { ours, theirs }: Labels): Part {
  const side = (part: Part | undefined) => (part === undefined ? [] : [`${part.number}${part.words}`]);
  const lines = [
    `<<<<<<< ${ours}`,
    ...side(mine),
    '||||||| before',
    ...side(base),
    '=======',
    ...side(yours),
    `>>>>>>> ${theirs}`,
  ];
  return { id: base.id, number: '', words: lines.join('\n'), gap: (mine ?? base).gap };
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
