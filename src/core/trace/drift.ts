/** Code that was changed while the criterion that it implements was not: does it still do what was agreed? */
import type { FileSystem, Hasher } from '../ports';
import { documentsOf } from '../spec/documentsOf';
import type { Spec } from '../spec/model';
import { parseDocument } from '../spec/parseDocument';
import { joinPath, relativePath } from '../util/path';
import { changedEvidence } from './driftOfEvidence';
import { type DriftRecord, driftPath, parseDriftRecords } from './driftRecords';
import type { GitBase, LineSpan } from './gitBase';
import { criterionHash } from './linkRecords';
import type { CodeTag } from './model';

export interface DriftPlace {
  readonly path: string;
  /** Of the tag, from 1. */
  readonly line: number;
  /** What an acceptance is bound to. */
  readonly code: string;
}

export interface Drift {
  readonly spec: string;
  /** The spec's folder. */
  readonly path: string;
  readonly id: string;
  readonly text: string;
  /** Hash of the text. */
  readonly criterion: string;
  /** Its code that changed and that nobody accepted as it is. */
  readonly places: readonly DriftPlace[];
  /** How many more of its places changed, and were accepted. */
  readonly accepted: number;
}

export interface DriftPorts {
  readonly files: FileSystem;
  readonly hasher: Hasher;
}

export interface SpecTags {
  /** Of all specs: code is a tag's up to the next one. */
  readonly all: readonly CodeTag[];
  /** Those that mean the spec. */
  readonly own: readonly CodeTag[];
}

/** In the order of the criteria; those without an open place only where one was accepted. */
export async function findDrift(
  ports: DriftPorts,
  spec: Spec,
  tags: SpecTags,
  base: GitBase,
): Promise<readonly Drift[]> {
  const { files, hasher } = ports;
  const document = documentsOf(spec.documents).requirements;
  if (document === undefined) return [];
  const before = await textsBefore(spec, document.kind, base);
  const records = parseDriftRecords((await files.readText(driftPath(spec.path))) ?? '');
  const regions = [
    ...(await changedRegions(ports, spec, tags, base)),
    ...(await changedEvidence(ports, spec, base)),
  ];
  return document.requirements.flatMap(({ criteria }) =>
    criteria.flatMap(({ id, text }): Drift[] => {
      // New or reworded since: whoever did that had this code in mind.
      if (!before.has(plain(text))) return [];
      const criterion = criterionHash(hasher, text);
      const own = regions.filter((region) => region.ids.includes(id));
      const [open, accepted] = split(own, (region) => !isAccepted(records, criterion, region));
      if (own.length === 0) return [];
      const places = open.map(({ path, line, code }) => ({ path, line, code }));
      return [{ spec: spec.name, path: spec.path, id, text, criterion, places, accepted: accepted.length }];
    }),
  );
}

async function textsBefore(
  spec: Spec,
  kind: 'requirements' | 'bugfix',
  base: GitBase,
): Promise<ReadonlySet<string>> {
  const path = relativePath(spec.root, joinPath(spec.path, `${kind}.md`));
  const text = path === undefined ? undefined : await base.textOf(path);
  const document = parseDocument(kind, text ?? '');
  const requirements = document.kind === kind ? document.requirements : [];
  return new Set(requirements.flatMap(({ criteria }) => criteria.map(({ text: words }) => plain(words))));
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export interface Region extends DriftPlace {
  readonly ids: readonly string[];
}

/** The code below each tag that was there before and is not as it was. */
async function changedRegions(
  { files, hasher }: DriftPorts,
  spec: Spec,
  { all, own }: SpecTags,
  base: GitBase,
): Promise<readonly Region[]> {
  const implementing = own.filter(({ kind }) => kind === 'implements');
  const paths = new Set(implementing.map(({ path }) => path));
  const regions: Region[] = [];
  for (const path of [...paths].filter((each) => base.changed.has(each)).sort()) {
    const spans = await base.linesOf(path);
    const lines = ((await files.readText(joinPath(spec.root, path))) ?? '').split(/\r\n|\r|\n/);
    const inFile = all.filter((tag) => tag.path === path);
    for (const tag of implementing.filter((each) => each.path === path)) {
      const { line } = tag;
      // The tag itself is new: so is the link, and nothing has drifted from it.
      if (spans.some(({ from, to, gap }) => !gap && line >= from && line <= to)) continue;
      const end = endOf(line, inFile, lines.length);
      if (!spans.some(({ from, to }) => from <= end && to > line)) continue;
      regions.push({
        path,
        line,
        ids: tag.ids,
        code: hasher.sha256(lines.slice(line, end).join('\n')).slice(0, 16),
      });
    }
  }
  return regions;
}

/** The last line that a tag speaks for: up to the next tag. Tags on lines next to each other speak for the same code. */
function endOf(line: number, tags: readonly CodeTag[], last: number): LineSpan['to'] {
  const lines = [...new Set(tags.map((tag) => tag.line))].sort((a, b) => a - b);
  let end = line;
  for (const next of lines) {
    if (next === end + 1) end = next;
    else if (next > end) return next - 1;
  }
  return last;
}

function isAccepted(records: readonly DriftRecord[], criterion: string, { path, code }: Region): boolean {
  return records.some(
    (record) => record.criterion === criterion && record.path === path && record.code === code,
  );
}

function split<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}
