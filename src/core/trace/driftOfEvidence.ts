/** Code that criteria were derived from, and that is not what it was. */
import { documentsOf } from '../spec/documentsOf';
import type { RequirementsDocument, Spec } from '../spec/model';
import { parseDocument } from '../spec/parseDocument';
import { evidenceIn } from '../spec/requirements/evidence';
import { joinPath, relativePath } from '../util/path';
import { codeEvidence, evidenceName, splitLines } from './codeEvidence';
import type { DriftPorts, Region } from './drift';
import type { GitBase } from './gitBase';
import { codeConfirmations, linksPath, parseLinks } from './linkRecords';

/** The lines that evidence named then, where the file does not have them any more as they were. */
export async function changedEvidence(
  { files, hasher }: DriftPorts,
  spec: Spec,
  base: GitBase,
): Promise<readonly Region[]> {
  const { requirements } = documentsOf(spec.documents);
  const now = await codeEvidence({ files, hasher }, spec);
  if (requirements === undefined || !now.some(({ path }) => base.changed.has(path))) return [];
  const before = await evidenceBefore(spec, requirements, base);
  const confirmed = codeConfirmations(parseLinks((await files.readText(linksPath(spec.path))) ?? ''));
  const regions: Region[] = [];
  for (const each of now) {
    const { criterion, path, first, last, find } = each;
    const name = `${evidenceName(each)} ${criterion}`;
    // Evidence that is new, or that a person found right as it is, has not drifted.
    const isRight = (confirmed.get(name) ?? []).some(
      (hash) => hash === each.code || find(hash) !== undefined,
    );
    if (!base.changed.has(path) || !before.has(name) || isRight) continue;
    const [then, text] = [await base.textOf(path), await files.readText(joinPath(spec.root, path))];
    const lines = splitLines(text ?? '');
    const old = then === undefined ? [] : splitLines(then).slice(first - 1, last);
    if (old.length === 0 || holds(lines, old)) continue;
    const code = hasher.sha256(lines.slice(first - 1, last).join('\n')).slice(0, 16);
    regions.push({ path, line: first, ids: [criterion], code });
  }
  return regions;
}

async function evidenceBefore(
  spec: Spec,
  { kind }: RequirementsDocument,
  base: GitBase,
): Promise<ReadonlySet<string>> {
  const path = relativePath(spec.root, joinPath(spec.path, `${kind}.md`));
  const text = path === undefined ? undefined : await base.textOf(path);
  const document = parseDocument(kind, text ?? '');
  const places = 'requirements' in document ? (evidenceIn(document) ?? []) : [];
  return new Set(places.map((place) => `${evidenceName(place)} ${place.criterion}`));
}

/** Do lines stand in a file, one after the other, wherever? */
function holds(lines: readonly string[], sought: readonly string[]): boolean {
  const [first] = sought;
  return lines.some(
    (line, at) => line === first && sought.every((each, index) => lines[at + index] === each),
  );
}
