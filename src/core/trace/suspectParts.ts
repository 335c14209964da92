/** How many parts of a design and of tasks rest on a criterion that is not what it was when a person confirmed them. */
import type { Hasher } from '../ports';
import type { DocumentKind, SpecDocuments } from '../spec/model';
import { buildGraph } from './buildGraph';
import { criterionHash, parseLinks } from './linkRecords';
import type { Level } from './model';

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
  const { criteria } = buildGraph({ spec: '', documents: documents(), tags: undefined, records, hash });
  const suspectAt = (levels: readonly Level[]) =>
    criteria.flatMap((criterion) =>
      levels.flatMap((level) =>
        criterion.levels[level].links.flatMap(({ status, from }) => (status === 'suspect' ? [from] : [])),
      ),
    );
  return new Map([
    ['design', new Set(suspectAt(['design', 'property'])).size],
    ['tasks', new Set(suspectAt(['task'])).size],
  ]);
}
