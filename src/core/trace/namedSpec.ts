/** Which spec a tag in code means: by its place below the folder of specs, or by its name where no other has it. */
import { specKey } from '../order/places';
import type { Spec } from '../spec/model';
import type { CodeTag, Orphan } from './model';

const NOT_THERE = 'which is not there';

type Placed = Pick<Spec, 'root' | 'path' | 'name'>;

/** All that a name may mean: one where it is clear. */
function specsNamed<T extends Placed>(name: string, specs: readonly T[]): readonly T[] {
  const exact = specs.filter((spec) => specKey(spec) === name);
  return exact.length > 0 ? exact : specs.filter((spec) => spec.name === name);
}

/** The tags of code in a spec's folder that mean this spec. */
export function tagsOfSpec(
  spec: Placed,
  specs: readonly Placed[],
  tags: readonly CodeTag[],
): readonly CodeTag[] {
  const others = specs.filter(({ root, path }) => root === spec.root && path !== spec.path);
  const means = new Map<string, boolean>();
  return tags.filter(({ spec: name }) => {
    let own = means.get(name);
    if (own === undefined) {
      const found = specsNamed(name, [...others, spec]);
      own = found.length === 1 && found[0] === spec;
      means.set(name, own);
    }
    return own;
  });
}

/**
 * The tags of a workspace folder's code that lead to no spec: none is called so, or several are.
 * @param putAway The places of archived specs: what names one of those is no mistake.
 */
export function strayTags(
  root: string,
  specs: readonly Placed[],
  putAway: readonly string[],
  tags: readonly CodeTag[],
): readonly Orphan[] {
  const archived = new Set(putAway.flatMap((key) => [key, key.slice(key.lastIndexOf('/') + 1)]));
  const because = new Map<string, string | undefined>();
  const judge = (name: string): string | undefined => {
    const here = specsNamed(
      name,
      specs.filter((spec) => spec.root === root),
    );
    if (here.length > 1) return `which may be ${here.map(specKey).join(' or ')}`;
    // A package's spec may be named from around it.
    const known = here.length === 1 || archived.has(name) || specsNamed(name, specs).length > 0;
    return known ? undefined : NOT_THERE;
  };
  return tags.flatMap(({ kind, spec: name, path, line }): readonly Orphan[] => {
    if (!because.has(name)) because.set(name, judge(name));
    const reason = because.get(name);
    if (reason === undefined) return [];
    const level = kind === 'implements' ? 'code' : 'test';
    return [
      {
        from: `${level}:${path}`,
        label: `${path}:${line}`,
        to: `spec ${name}`,
        because: reason,
        place: { path, line },
      },
    ];
  });
}
