/** `## Evidence`: the places in the code that derived requirements rest on, `- 1.1: src/links.js:12-14`. */
import type { TextRange } from '../../util/textRange';
import type { Reference, RequirementsDocument } from '../model';
import { readReferences } from '../references/references';

export interface EvidencePlace {
  readonly criterion: string;
  /** Below the workspace folder. */
  readonly path: string;
  /** Lines from 1, both included. */
  readonly first: number;
  readonly last: number;
  /** `src/links.js:12-14` as it is written. */
  readonly range: TextRange;
}

export interface EvidenceLine {
  /** What names the criteria. */
  readonly references: readonly Reference[];
  readonly places: readonly EvidencePlace[];
}

const ID = String.raw`[A-Za-z]*-?\d[\w.-]*`;
const LINE = new RegExp(
  String.raw`^([ \t]*[-*+][ \t]+\[?)(${ID}(?:[ \t]*,[ \t]*${ID})*)\]?[ \t]*:[ \t]*(.*)$`,
  'gm',
);
const PLACE = /`?([^\s,`:]+):(\d+)(?:[-–](\d+))?`?/g;

const known = new WeakMap<RequirementsDocument, readonly EvidenceLine[] | undefined>();

/** Undefined where the document has no such section. */
export function evidenceLines(document: RequirementsDocument): readonly EvidenceLine[] | undefined {
  if (!known.has(document)) known.set(document, read(document));
  return known.get(document);
}

/** All places; undefined where the document has no such section. */
export function evidenceIn(document: RequirementsDocument): readonly EvidencePlace[] | undefined {
  return evidenceLines(document)?.flatMap(({ places }) => places);
}

function read({ text, sections }: RequirementsDocument): readonly EvidenceLine[] | undefined {
  const section = sections.find(({ level, title }) => level === 2 && /^evidence$/i.test(title.trim()));
  if (section === undefined) return undefined;
  const { start, end } = section.range;
  return [...text.slice(start, end).matchAll(LINE)].map(
    ({ 0: line, 1: head = '', 2: named = '', 3: rest = '', index }) => {
      const at = start + index + head.length;
      const { ids, references } = readReferences(text, { start: at, end: at + named.length });
      const from = start + index + line.length - rest.length;
      const criteria = ids.length > 0 ? ids : [named];
      return { references, places: criteria.flatMap((criterion) => placesIn(rest, from, criterion)) };
    },
  );
}

function placesIn(text: string, from: number, criterion: string): readonly EvidencePlace[] {
  return [...text.matchAll(PLACE)].map((place) => ({
    criterion,
    path: place[1] ?? '',
    first: Number(place[2]),
    last: Number(place[3] ?? place[2]),
    range: { start: from + place.index, end: from + place.index + place[0].length },
  }));
}

/** Nothing outside of the workspace folder is evidence. */
export function isBelow(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}
