/** What a revision does to a document, part by part, so that each can be taken or left. */
import type { DocumentKind } from '../model';
import { align } from './align';
import { countAnew, countsOn } from './counting';
import { joinParts, type Part, partsOfText } from './parts';

export interface PartChange {
  /** Names it among the changes of one revision. */
  readonly key: string;
  /** As people name the part: `1.2`; of what was reworded, as it is called after that. */
  readonly id: string;
  readonly what: 'reworded' | 'added' | 'removed';
  /** Its words; empty for what was added. */
  readonly before: string;
  readonly after: string;
}

export interface Revised {
  readonly before: string;
  readonly after: string;
}

/** In the order of the document. Numbers and blank lines alone are no change. */
export function changedParts(kind: DocumentKind, revised: Revised): readonly PartChange[] {
  return stepsOf(kind, revised).flatMap(({ change }) => change ?? []);
}

/** The revision without the changes of these keys; where all are refused, the text before. */
export function withoutChanges(kind: DocumentKind, revised: Revised, refused: ReadonlySet<string>): string {
  const { before, after } = revised;
  const steps = stepsOf(kind, revised);
  if (refused.size === 0) return after;
  if (steps.every(({ change }) => change === undefined || refused.has(change.key))) return before;
  const left = new Set<Part>();
  const parts = steps.flatMap(({ change, old, now }) => {
    if (change === undefined || !refused.has(change.key)) return now ?? [];
    if (old === undefined) {
      if (now) left.add(now);
      return now ?? [];
    }
    // Its number and the gap after it fit what stands around it now.
    return { ...old, number: numberOf(old, now), gap: now?.gap ?? old.gap };
  });
  const counts = [before, after].every((text) => countsOn(partsOfText(kind, text)));
  return joinParts(counts ? countAnew(parts, left) : parts.filter((part) => !left.has(part)), before);
}

/** Its place in the list is of now, its tick its own: what was done in these words is done. */
function numberOf(old: Part, now: Part | undefined): string {
  const state = BOX.exec(old.number)?.[0];
  return state === undefined || now === undefined
    ? (now?.number ?? old.number)
    : now.number.replace(BOX, state);
}

const BOX = /\[[ xX~-]\]/;

/** One part on its way from the text before to the one after. */
interface Step {
  readonly old: Part | undefined;
  readonly now: Part | undefined;
  readonly change: PartChange | undefined;
}

function stepsOf(kind: DocumentKind, { before, after }: Revised): readonly Step[] {
  const base = partsOfText(kind, before);
  const { now, inserted } = align(base, partsOfText(kind, after));
  const added = (index: number) => (inserted[index] ?? []).map((part) => stepOf(undefined, part));
  return [...added(0), ...base.flatMap((part, index) => [stepOf(part, now[index]), ...added(index + 1)])];
}

function stepOf(old: Part | undefined, now: Part | undefined): Step {
  if (old?.words === now?.words) return { old, now, change: undefined };
  const what = old === undefined ? 'added' : now === undefined ? 'removed' : 'reworded';
  const id = now?.id ?? old?.id ?? '';
  const change: PartChange = {
    key: `${what} ${id}`,
    id,
    what,
    before: old?.words ?? '',
    after: now?.words ?? '',
  };
  return { old, now, change };
}
