/** What specs are called where several may have one name. */
import type { Spec } from '../spec/model';
import { basename, isInside, relativePath } from '../util/path';
import { specKey } from './places';

type Named = Pick<Spec, 'root' | 'path' | 'name'>;

/** Of a folder that has specs: its name, or its place in the workspace folder that it is in. */
export function rootLabel(root: string, roots: readonly string[]): string {
  const around = roots
    .filter((each) => each !== root && isInside(each, root))
    .sort((a, b) => a.length - b.length)[0];
  return around === undefined ? basename(root) : (relativePath(around, root) ?? basename(root));
}

/** By path: the name alone where it is the only one, else with its group, else with its folder. */
export function labelsOf(specs: readonly Named[], roots: readonly string[]): ReadonlyMap<string, string> {
  const count = (of: (spec: Named) => string) => {
    const counts = new Map<string, number>();
    for (const spec of specs) counts.set(of(spec), (counts.get(of(spec)) ?? 0) + 1);
    return (spec: Named) => counts.get(of(spec)) === 1;
  };
  const isOnlyName = count(({ name }) => name);
  const isOnlyKey = count(specKey);
  return new Map(
    specs.map((spec) => [
      spec.path,
      isOnlyName(spec)
        ? spec.name
        : isOnlyKey(spec)
          ? specKey(spec)
          : `${rootLabel(spec.root, roots)}/${specKey(spec)}`,
    ]),
  );
}

/** Is it what a person calls the spec: its name, or its place below `.kiro/specs`? */
export function isCalled(spec: Named, name: string): boolean {
  return spec.name === name || specKey(spec) === name;
}
