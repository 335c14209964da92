/** Names of specs: kebab-case, from the first telling words of an idea. */

const FILLER = new Set(
  ('a an the that this these which of to for from with without and or but so as is are be can could should would will let lets ' +
    'make makes add adds create build implement support want wants need needs i we us our my me you your it its their them ' +
    'in on at by into after before when if then please some any new number').split(' '),
);

const MAX_WORDS = 4;
const MAX_LENGTH = 40;

/** `Let short links expire after 30 days` → `short-links-expire-30`. Never empty. */
export function nameFromIdea(idea: string): string {
  const words = idea
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !FILLER.has(word));
  const name = (telling.length > 0 ? telling : words).slice(0, MAX_WORDS).join('-').slice(0, MAX_LENGTH).replace(/-+$/, '');
  return name || 'spec';
}

/** What is wrong with a name; undefined when it can be used. */
export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return 'Give the spec a name.';
  if (!/^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u.test(name)) {
    return 'Use lower-case words joined by hyphens, like “link-expiry”.';
  }
  if (name.length > 64) return 'Use at most 64 characters.';
  return taken.includes(name) ? `There is already a spec “${name}”.` : undefined;
}

/** The name, or the name with the first number that is free. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  for (let n = 2; ; n++) if (!taken.includes(`${name}-${n}`)) return `${name}-${n}`;
}
