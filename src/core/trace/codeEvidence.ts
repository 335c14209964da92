/** What the code says now at the places that `## Evidence` names. */
import type { FileSystem, Hasher } from '../ports';
import { documentsOf } from '../spec/documentsOf';
import type { Spec } from '../spec/model';
import { evidenceIn, isBelow } from '../spec/requirements/evidence';
import { joinPath } from '../util/path';

export interface CodeEvidence {
  readonly criterion: string;
  readonly path: string;
  /** Lines from 1, both included. */
  readonly first: number;
  readonly last: number;
  /** Hash of these lines; undefined where they are not there. */
  readonly code: string | undefined;
  /** The line at which code of this hash begins now, in the same file. */
  find(hash: string): number | undefined;
}

/** How the graph calls it. */
export function evidenceName({ path, first, last }: Pick<CodeEvidence, 'path' | 'first' | 'last'>): string {
  return `code:${path}:${first === last ? first : `${first}-${last}`}`;
}

/** Does a link come from such a place? Else a tag in the code says it. */
export function isEvidence({ from }: { readonly from: string }): boolean {
  return /^code:.*:\d+(?:-\d+)?$/.test(from);
}

/** Bytes; what is larger was not written by hand. */
const LARGEST = 1_000_000;

interface EvidencePorts {
  readonly files: FileSystem;
  readonly hasher: Hasher;
}

export async function codeEvidence(
  { files, hasher }: EvidencePorts,
  spec: Spec,
): Promise<readonly CodeEvidence[]> {
  const { requirements } = documentsOf(spec.documents);
  const places = (requirements && evidenceIn(requirements)) ?? [];
  const texts = new Map<string, readonly string[]>();
  for (const path of new Set(places.map((place) => place.path)))
    texts.set(path, await linesOf(files, spec.root, path));
  return places.map(({ criterion, path, first, last }) => {
    const lines = texts.get(path) ?? [];
    const count = last - first + 1;
    const there = first >= 1 && count >= 1 && last <= lines.length;
    return {
      criterion,
      path,
      first,
      last,
      code: there ? codeHash(hasher, lines.slice(first - 1, last)) : undefined,
      find: (hash) => (count < 1 ? undefined : findLines(hasher, lines, count, hash)),
    };
  });
}

async function linesOf(files: FileSystem, root: string, path: string): Promise<readonly string[]> {
  if (!isBelow(path)) return [];
  const full = joinPath(root, path);
  const stat = await files.stat(full).catch(() => undefined);
  if (stat?.kind !== 'file' || stat.size > LARGEST) return [];
  return splitLines((await files.readText(full).catch(() => undefined)) ?? '');
}

export function splitLines(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r\n|\r|\n/);
}

/** Of what code says: how its lines end changes nothing. */
export function codeHash(hasher: Hasher, lines: readonly string[]): string {
  return `sha256:${hasher.sha256(lines.map((line) => line.trimEnd()).join('\n')).slice(0, 16)}`;
}

function findLines(
  hasher: Hasher,
  lines: readonly string[],
  count: number,
  hash: string,
): number | undefined {
  for (let at = 0; at + count <= lines.length; at++)
    if (codeHash(hasher, lines.slice(at, at + count)) === hash) return at + 1;
  return undefined;
}
