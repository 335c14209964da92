/**
 * What a list of specs says about each beside its phase: findings, and how many criteria a task names. Knowing it takes
 * parsing and all rules, so it is read in slices while nobody waits; a snapshot's facts never change.
 */

import type { Clock } from '../ports';
import { criteriaDocumentOf } from '../spec/documentsOf';
import type { Spec } from '../spec/model';
import { traceLinks } from '../trace/traceLinks';
import type { Disposable } from '../util/disposable';

export interface SpecFacts {
  /** Errors and warnings. */
  readonly findings: number;
  readonly criteria: number;
  /** Of them, those that a task names. */
  readonly covered: number;
}

const known = new WeakMap<Spec, SpecFacts>();

/** Undefined where nobody has read them yet. */
export function knownFacts(spec: Spec): SpecFacts | undefined {
  return known.get(spec);
}

export function factsOf(spec: Spec): SpecFacts {
  const before = known.get(spec);
  if (before !== undefined) return before;
  const facts = readFacts(spec);
  known.set(spec, facts);
  return facts;
}

function readFacts(spec: Spec): SpecFacts {
  const document = criteriaDocumentOf(spec)?.document;
  const requirements = document && 'requirements' in document ? document.requirements : [];
  const links = traceLinks(spec);
  const criteria = requirements.flatMap(({ id, criteria: own }) => own.map((each) => [each.id, id] as const));
  const covered = criteria.filter(([id, of]) => links.tasks(id, of).length > 0);
  // A document that a model is writing is not judged before it is whole.
  const judged = spec.documents
    .filter(({ state }) => state !== 'drafting')
    .flatMap(({ problems }) => problems);
  const findings = judged.filter(({ severity }) => severity === 'error' || severity === 'warning');
  return { findings: findings.length, criteria: criteria.length, covered: covered.length };
}

/** Milliseconds that a slice may take, that lie between two, and between two times that somebody is told. */
const SLICE = 8;
const PAUSE = 12;
const TELL = 400;

export interface FactsReader extends Disposable {
  /** Begins, or goes on with what came since. */
  read(): void;
}

export function createFactsReader({
  clock,
  specs,
  changed,
}: {
  readonly clock: Clock;
  readonly specs: () => readonly Spec[];
  /** More is known than before. */
  readonly changed: () => void;
}): FactsReader {
  let timer: Disposable | undefined;
  let told = 0;

  function slice(): void {
    timer = undefined;
    const begun = clock.now();
    const open = specs().filter((spec) => !known.has(spec));
    for (const spec of open) {
      factsOf(spec);
      if (clock.now() - begun >= SLICE) break;
    }
    const whole = open.every((spec) => known.has(spec));
    if (open.length > 0 && (whole || clock.now() - told >= TELL)) {
      told = clock.now();
      changed();
    }
    if (!whole) timer ??= clock.after(PAUSE, slice);
  }

  return {
    read() {
      if (specs().some((spec) => !known.has(spec))) timer ??= clock.after(PAUSE, slice);
    },
    dispose: () => timer?.dispose(),
  };
}
