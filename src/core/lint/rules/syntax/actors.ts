import type { CriterionContext } from '../../rule';

const MOST = 5;
const used = new WeakMap<CriterionContext['requirement'], readonly string[]>();

/** The systems that a criterion may be about: those its requirement names, then the glossary's. At most five. */
export function actorsOf({ requirement, document }: CriterionContext): readonly string[] {
  let actors = used.get(requirement);
  if (actors === undefined) {
    const glossary = document.glossary.map(({ name }) => name);
    const known = new Set(glossary);
    const here = requirement.criteria.flatMap(({ clauses }) =>
      clauses.filter(({ role }) => role === 'system').map(({ text }) => text),
    );
    const count = (name: string) => here.filter((other) => other === name).length;
    const named = [...new Set(here)].filter((name) => known.has(name) || glossary.length === 0);
    named.sort((a, b) => count(b) - count(a));
    actors = [...new Set([...named, ...glossary])].slice(0, MOST);
    used.set(requirement, actors);
  }
  return actors;
}
