/** Names of specs: kebab-case, from the first telling words of an idea. */

const FILLER = new Set(
  (
    'a an the that this these which of to for from with without and or but so as is are be can could should would will let lets ' +
    'make makes add adds create build implement support want wants need needs i we us our my me you your it its their them ' +
    'in on at by into after before when if then please some any new number'
  ).split(' '),
);

/** Letters without case or in lower case, digits; scripts that write vowels as marks keep them. */
const WORD = /^[\p{Ll}\p{Lo}\p{Lm}\p{N}][\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]*$/u;

const MAX_WORDS = 4;
const MAX_LENGTH = 40;

/** `Let short links expire after 30 days` → `short-links-expire-30`. Never empty, and always a name that can be used. */
export function nameFromIdea(idea: string): string {
  const words = withoutAccents(idea)
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map((word) => word.replace(/[^\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]/gu, ''))
    .filter((word) => WORD.test(word));
  const telling = words.filter((word) => !FILLER.has(word));
  const name = cut((telling.length > 0 ? telling : words).slice(0, MAX_WORDS).join('-')).replace(/-+$/, '');
  return name || 'spec';
}

/** `é` → `e`; marks of other scripts are letters in their own right and stay. */
function withoutAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}

/** Never through a character. */
function cut(name: string): string {
  let short = '';
  for (const character of name) {
    if (short.length + character.length > MAX_LENGTH) break;
    short += character;
  }
  return short;
}

/** What is wrong with a name; undefined when it can be used. */
export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return 'Give the spec a name.';
  if (!name.split('-').every((word) => WORD.test(word))) {
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
