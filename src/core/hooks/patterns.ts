/** The patterns of hooks, compiled: the regular expressions of v1, and the globs of 0.x. None of them can run for ever. */
import picomatch from 'picomatch';
import { longestFor, regexCost } from '../util/regexCost';
import type { HookCondition, Pattern } from './model';

export type Compiled = Pattern | { readonly why: string };

export const ALL: HookCondition = { include: undefined, exclude: [] };
/** What a pattern comes to that is refused. */
export const NOTHING: HookCondition = { include: [], exclude: [] };

/** `why` for what is no regular expression, or could take too long. */
export function compileRegex(source: string): Compiled {
  // As other engines write “whatever the case”.
  const [, folded, plain = ''] = /^(\(\?i\))?([\s\S]*)$/.exec(source) ?? [];
  try {
    const regex = new RegExp(plain, folded === undefined ? '' : 'i');
    const cost = regexCost(plain);
    return 'why' in cost ? cost : { regex, maxLength: longestFor(cost.wild, cost.ways) };
  } catch {
    return { why: 'It is not a valid regular expression.' };
  }
}

/** A pattern without a slash is one for names, at any depth. */
export function compileGlob(pattern: string): Compiled {
  const plain = pattern.replace(/^(?:\.?\/)+/, '');
  if (plain === '') return { why: 'The pattern is empty. Use **/* for all files.' };
  const wild = (plain.replaceAll('**/', '*').match(/\*+/g) ?? []).length;
  if (wild > 8) return { why: 'It has more than 8 stars, which can take for ever. Write it with fewer.' };
  const whole = plain.includes('/') ? plain : `**/${plain}`;
  try {
    // Repeated groups are left out: a regular expression of them can run for ever.
    const made: RegExp = picomatch.makeRe(whole, { dot: true, noextglob: true, nonegate: true });
    return { regex: made, maxLength: longestFor(wild) };
  } catch {
    return { why: 'It is not a valid pattern.' };
  }
}
