import type { Clause } from '../../../ears/model';
import type { Fix, GlossaryTerm, Requirement, RequirementsDocument } from '../../../spec/model';
import { foldName } from '../../foldName';
import { nearest } from '../../nearest';
import type { Found, RequirementsRule } from '../../rule';
import { rewrite } from '../rewrite';
import { claimsToBeSystem, isQualified, QUANTIFIER } from './systemNames';

const PRONOUN = /^(?:it|there|they|this|these|that|those|he|she|we|i|you|both|either)$/i;

/** `parse(print(x)) SHALL equal x` is about no system. */
const CALL = /\w\(/;

/** Shorter names differ by two letters too easily to be a slip. */
const SHORTEST_SLIP = 6;

interface Use {
  readonly name: string;
  readonly clauses: Clause[];
  readonly responses: string[];
}

/** INCOSE R4: a system that SHALL do something is one that the glossary explains. */
export const undefinedSystem: RequirementsRule = {
  scope: 'requirements',
  id: 'undefined-system',
  code: 'Q10',
  title: 'System that is not in the glossary',
  levels: { recommended: 'warning', 'incose-full': 'warning' },
  why: 'A system that SHALL do something is one that the glossary explains; else two names may mean one thing.',
  bad: '## Glossary\n- **Door**: It opens.\n### Requirement 1\n#### Acceptance Criteria\n1. THE Dor SHALL open',
  good: '## Glossary\n- **Door**: It opens.\n### Requirement 1\n#### Acceptance Criteria\n1. THE Door SHALL open',
  examplesIn: 'requirements',
  source: 'INCOSE GtWR R4, R36',
  check: ({ document, requirements }) => {
    if (document.glossary.length === 0) return [];
    const uses = systemsOf(requirements);
    // Nearly always all are called as the glossary calls them: then no second name need be looked for.
    const terms = new Set(document.glossary.map(({ name }) => foldName(name)));
    if ([...uses.keys()].every((name) => terms.has(name))) return [];
    const known = new Set(document.glossary.flatMap((term) => namesOf(term)));
    // One system only: then “the system” cannot be misunderstood.
    const single = uses.size === 1 && uses.has('system');
    const unknown = [...uses.values()].filter(
      ({ name }) => !single && !isKnown(name, known) && !isCompound(name, known, document),
    );
    return unknown.flatMap((use) => {
      const near = nearestTerm(use.name, document.glossary);
      return isOfInterest(use, near, known) ? [findingFor(use, near, document)] : [];
    });
  },
};

function systemsOf(requirements: readonly Requirement[]): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>();
  const criteria = requirements.flatMap((requirement) => requirement.criteria);
  for (const { clauses } of criteria) {
    const system = clauses.find(({ role }) => role === 'system');
    if (system === undefined || PRONOUN.test(system.text) || CALL.test(system.text)) continue;
    const key = foldName(system.text);
    const use = uses.get(key) ?? { name: system.text.replace(/\s+/g, ' '), clauses: [], responses: [] };
    use.clauses.push(system);
    use.responses.push(clauses.at(-1)?.text ?? '');
    uses.set(key, use);
  }
  return uses;
}

/** A slip always is; else only what claims to be a system, and is not just one more kind of a known one. */
function isOfInterest(use: Use, near: string | undefined, known: ReadonlySet<string>): boolean {
  if (near !== undefined && foldName(use.name).length >= SHORTEST_SLIP) return true;
  const quantified = use.clauses.every(({ keyword }) => QUANTIFIER.test(keyword));
  return claimsToBeSystem({ ...use, quantified }) && !isQualified(use.name, (name) => isKnown(name, known));
}

function isKnown(name: string, known: ReadonlySet<string>): boolean {
  if (known.has(foldName(name))) return true;
  const parts = name.split(/,|\band\b|\bor\b/i).filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every((part) => known.has(foldName(part.replace(/^\s*the\b/i, ''))));
}

/** `North Door adapter`, where the glossary has both “North Door” and “Bus Adapter”: each of its words is explained. */
function isCompound(name: string, known: ReadonlySet<string>, { glossary }: RequirementsDocument): boolean {
  const words = name.split(/\s+/);
  if (words.length < 2 || !known.has(foldName(words.slice(0, -1).join(' ')))) return false;
  const kind = kindOf(name);
  return glossary.some((term) => kindOf(term.name) === kind);
}

function kindOf(name: string): string | undefined {
  return /[^\s_-]+$/.exec(name)?.[0].toLowerCase();
}

function findingFor(use: Use, near: string | undefined, document: RequirementsDocument): Found {
  const count = use.clauses.length;
  const times = count === 1 ? 'once' : `${count} times`;
  const advice =
    near === undefined ? 'Add it, or use the name of a system that is there.' : `Is it “${near}”?`;
  const message = `“${use.name}” SHALL do something (${times}) but is not in the glossary. ${advice}`;
  const range = use.clauses[0]?.range ?? { start: 0, end: 0 };
  if (near === undefined) return { message, range, fixes: [addition(use.name, document)] };
  const edits = use.clauses.map((clause) => ({ range: clause.range, newText: near }));
  return {
    message,
    range,
    fixes: [rewrite(`Rename to ${near}`, false, edits), addition(use.name, document)],
  };
}

/** A term's names: `Hardware Security Module (HSM)` has two, and so has `HSM: Hardware Security Module, which …`. */
function namesOf({ name, definition }: GlossaryTerm): readonly string[] {
  const inside = [...name.matchAll(/[(（]([^)）]+)[)）]/g)].map((match) => match[1] ?? '');
  const outside = name.replace(/[(（][^)）]*[)）]/g, ' ');
  const spelledOut = /^[^,;:.(–—]{1,60}?(?=\s*(?:[,;:.(–—]|\s-\s|$))/.exec(definition)?.[0] ?? '';
  return [name, outside, spelledOut, ...inside, ...outside.split('/')]
    .map(foldName)
    .filter((each) => each !== '');
}

/** A new entry below the last one, written like it, for a person to fill in. */
function addition(name: string, { text, blocks, glossary }: RequirementsDocument): Fix {
  const last = glossary.at(-1)?.range.start ?? 0;
  const entry = blocks.findLast(({ range }) => range.start <= last);
  const at = entry?.range.end ?? last;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const newText =
    entry?.kind === 'table'
      ? `${eol}| ${name} |  |`
      : `${entry?.kind === 'listItem' ? eol : eol + eol}- **${name}**: `;
  return rewrite(`Add ${name} to the glossary`, false, [{ range: { start: at, end: at }, newText }]);
}

function nearestTerm(name: string, glossary: readonly GlossaryTerm[]): string | undefined {
  const folded = nearest(
    foldName(name),
    glossary.map((term) => foldName(term.name)),
  );
  return glossary.find((term) => foldName(term.name) === folded)?.name;
}
