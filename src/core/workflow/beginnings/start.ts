/** The ways to start a spec, and how each is kept: in `.config.kiro` as Kiro writes it, and in the log of its first draft. */
import type { Picture } from '../../agent/turn/images';
import type { DocumentKind } from '../../spec/model';

/**
 * `requirements`, `design`: a feature, beginning with that document. `quick`: a feature's three documents in one pass,
 * without an approval between them.
 */
export const START_KINDS = ['requirements', 'design', 'bugfix', 'quick'] as const;
export type StartKind = (typeof START_KINDS)[number];

/** A text that a spec is made from: a selection, a file, an issue. */
export interface Source {
  /** `src/links.js, lines 3–9`. */
  readonly name: string;
  readonly text: string;
}

/** A question that was asked before the first draft, and what the person said. */
export interface Answered {
  readonly question: string;
  readonly answer: string;
}

export interface SpecStart {
  readonly kind?: StartKind;
  readonly sources?: readonly Source[];
  /** Files and folders below the workspace folder whose requirements are derived. */
  readonly code?: readonly string[];
  readonly pictures?: readonly Picture[];
  readonly answers?: readonly Answered[];
  /** False: no correctness properties, no property tests. */
  readonly properties?: boolean;
  /** Also where the change is too small for a spec. */
  readonly anyway?: boolean;
}

/** As the log keeps it, so that a retry starts from the same. */
export type KeptStart = Omit<SpecStart, 'pictures'>;

export function firstDocument(kind: StartKind): DocumentKind {
  if (kind === 'bugfix' || kind === 'design') return kind;
  return 'requirements';
}

/** Of a log that does not say it: by the first document. */
export function kindOfStart(document: string | undefined): StartKind {
  return START_KINDS.find((kind) => `${kind}.md` === document) ?? 'requirements';
}

/** One line, keys and spaces as Kiro's. What is ours lies under one key that Kiro does not look at. */
export function configText(specId: string, { kind = 'requirements', properties = true }: SpecStart): string {
  const own = { ...(kind === 'quick' ? { quick: true } : {}), ...(properties ? {} : { properties: false }) };
  const fields: Record<string, unknown> = {
    specId,
    workflowType: kind === 'design' ? 'design-first' : 'requirements-first',
    specType: kind === 'bugfix' ? 'bugfix' : 'feature',
    ...(Object.keys(own).length > 0 ? { earshot: own } : {}),
  };
  const written = Object.entries(fields).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{${written.join(', ')}}`;
}
