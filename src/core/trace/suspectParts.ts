/** How many parts of a design and of tasks rest on a criterion that is not what it was when a person confirmed them. */
import type { Hasher } from '../ports';
import type { DocumentKind, SpecDocuments } from '../spec/model';
import { buildGraph } from './buildGraph';
import { criterionHash, parseLinks } from './linkRecords';
import { suspectLinks } from './suspectLinks';

/**
 * @param documents Read only where something was confirmed: a list of many specs need not read all their documents.
 * @param links What was confirmed, as it lies beside the spec.
 */
export function suspectParts(
  documents: () => SpecDocuments,
  links: string,
  hasher: Hasher,
): ReadonlyMap<DocumentKind, number> {
  const records = parseLinks(links);
  if (records.length === 0) return new Map();
  const hash = (text: string) => criterionHash(hasher, text);
  const graph = buildGraph({ spec: '', documents: documents(), tags: undefined, records, hash });
  return new Map(
    (['design', 'tasks'] as const).map((kind) => [
      kind,
      new Set(suspectLinks(graph, kind).map(({ from }) => from)).size,
    ]),
  );
}
