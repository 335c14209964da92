/** Tells a system by its name from the things that only belong to one: messages, files, screens, persons. */
import { ACTORS } from './actorNouns';

/** A subject, all that it SHALL do, and whether each use speaks of many: `ALL screens`. */
export interface Subject {
  readonly name: string;
  readonly responses: readonly string[];
  readonly quantified: boolean;
}

export const QUANTIFIER = /^(?:all|each|every|both|any|no|other)\b/i;
/** `Auth_Service`, `AuthService`: nobody writes so what is no name. */
const IDENTIFIER = /_|[a-z\d][A-Z]/;
/** What something is or has says nothing about what it does. */
const STATIVE =
  /^(?:\w+ly\s+)?(?:be|have|include|contain|consist|comprise|follow|specify|define|describe|list|state|indicate|explain|cover|match|conform|comply|remain|exist)\b/i;

/**
 * Does a subject claim to be a system? One that is written as a name, or whose last word names what acts. “The error
 * message SHALL include the line” is about a product of some system, and no entry of a glossary would help.
 */
export function claimsToBeSystem({ name, responses, quantified }: Subject): boolean {
  const words = name.replace(/["“”'`*]/g, '').split(/\s+/);
  const head = words.at(-1) ?? '';
  if (quantified || QUANTIFIER.test(name)) return false;
  if (IDENTIFIER.test(head) || ACTORS.has(head.toLowerCase())) return true;
  if (words.length > 1) return words.every((word) => /^(?:[\p{Lu}\d]|(?:of|and|for|the)$)/u.test(word));
  return /^\p{Lu}/u.test(head) && !/[^s]s$/.test(head) && !responses.every((text) => STATIVE.test(text));
}

/** `existing Workflow`, `current “Review” session`, `Server in Berlin`: a known term, and words that only tell which. */
export function isQualified(name: string, isKnown: (name: string) => boolean): boolean {
  const place = /\s+(?:in|on|of|within|at|for|from)\s/.exec(name);
  if (place !== null && isKnown(name.slice(0, place.index))) return true;
  const words = name.replace(/"[^"]*"|“[^”]*”/g, ' ').split(/\s+/);
  const first = words.findIndex((word) => /\p{Lu}/u.test(word));
  const most = first === -1 ? words.length - 1 : first;
  return words.some((_, index) => index > 0 && index <= most && isKnown(words.slice(index).join(' ')));
}
