import type { Clause } from '../../../ears/model';
import type { GlossaryTerm, Requirement } from '../../../spec/model';
import { foldName } from '../../foldName';
import type { Found, RequirementsRule } from '../../rule';

const PRONOUN = /^(?:it|they|this|these|that|those|he|she|we|i|you|both|either)$/i;

/** `parse(print(x)) SHALL equal x` is about no system. */
const CALL = /\w\(/;

interface Use {
  readonly name: string;
  readonly clauses: Clause[];
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
    const known = new Set(document.glossary.flatMap(({ name }) => namesOf(name)));
    // One system only: then “the system” cannot be misunderstood.
    const single = uses.size === 1 && uses.has('system');
    const unknown = [...uses.values()].filter(({ name }) => !single && !isKnown(name, known));
    return unknown.map((use) => findingFor(use, document.glossary));
  },
};

function systemsOf(requirements: readonly Requirement[]): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>();
  const clauses = requirements.flatMap(({ criteria }) => criteria.flatMap((criterion) => criterion.clauses));
  for (const clause of clauses) {
    if (clause.role !== 'system' || PRONOUN.test(clause.text) || CALL.test(clause.text)) continue;
    const key = foldName(clause.text);
    const use = uses.get(key) ?? { name: clause.text.replace(/\s+/g, ' '), clauses: [] };
    use.clauses.push(clause);
    uses.set(key, use);
  }
  return uses;
}

function isKnown(name: string, known: ReadonlySet<string>): boolean {
  if (known.has(foldName(name))) return true;
  const parts = name.split(/,|\band\b|\bor\b/i).filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every((part) => known.has(foldName(part.replace(/^\s*the\b/i, ''))));
}

function findingFor(use: Use, glossary: readonly GlossaryTerm[]): Found {
  const count = use.clauses.length;
  const near = nearest(use.name, glossary);
  const times = count === 1 ? 'once' : `${count} times`;
  const advice =
    near === undefined ? 'Add it, or use the name of a system that is there.' : `Is it “${near}”?`;
  const message = `“${use.name}” SHALL do something (${times}) but is not in the glossary. ${advice}`;
  const range = use.clauses[0]?.range ?? { start: 0, end: 0 };
  if (near === undefined) return { message, range };
  const edits = use.clauses.map((clause) => ({ range: clause.range, newText: near }));
  return { message, range, fixes: [{ title: `Rename to ${near}`, safe: false, edits: () => edits }] };
}

/** A term's names: `Hardware Security Module (HSM)` has two. */
function namesOf(term: string): readonly string[] {
  const inside = [...term.matchAll(/\(([^)]+)\)/g)].map((match) => match[1] ?? '');
  const outside = term.replace(/\([^)]*\)/g, ' ');
  return [term, outside, ...inside, ...outside.split('/')].map(foldName).filter((name) => name !== '');
}

function nearest(name: string, glossary: readonly GlossaryTerm[]): string | undefined {
  const folded = foldName(name);
  if (folded.length < 5) return undefined;
  return glossary.find((term) => isNear(folded, foldName(term.name)))?.name;
}

/** At most two letters differ (Levenshtein), in names that are long enough for it to be a slip. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2 || b.length < 5 || a.length > 60) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return (row[b.length] ?? 3) <= 2;
}
