/** Guidance: what a project and a person have to say to every agent. Steering documents, AGENTS.md and skills are one thing here. */
import type { TextRange } from '../util/textRange';

export const INCLUSIONS = ['always', 'fileMatch', 'manual', 'auto'] as const;
export type Inclusion = (typeof INCLUSIONS)[number];

export interface Guidance {
  readonly kind: 'steering' | 'agents' | 'skill';
  /** `home`: the person's own, of every workspace. */
  readonly scope: 'workspace' | 'home';
  /** Absolute. */
  readonly path: string;
  /** Where it lies, in words: `.kiro/steering/tech.md`, `~/.kiro/skills/review/SKILL.md`. */
  readonly label: string;
  /** What calls it: `#steering:name`, `/name`. */
  readonly name: string;
  /** The name that its front matter gives it, where it is another. */
  readonly alias?: string;
  /** Undefined: it cannot be told, so it is in no request until it is mended. */
  readonly inclusion: Inclusion | undefined;
  /** Of `fileMatch`. */
  readonly patterns: readonly string[];
  /** What it is for: by this a model chooses it. */
  readonly description?: string;
  /** An AGENTS.md below the workspace folder: it holds for files in this folder. */
  readonly below?: string;
  /** The power that brings it. */
  readonly power?: string;
  /** Without the front matter. */
  readonly body: string;
}

export type GuidanceRule =
  | 'unreadable'
  | 'front-matter'
  | 'front-matter-not-first'
  | 'unknown-inclusion'
  | 'misspelt-key'
  | 'no-pattern'
  | 'pattern-unused'
  | 'pattern-joined'
  | 'pattern-at-top'
  | 'pattern-matches-nothing'
  | 'no-description'
  | 'description-too-long'
  | 'skill-name'
  | 'duplicate-name'
  | 'missing-file'
  | 'too-large'
  | 'conflict';

/** Something that a person would want to know before an agent stumbles over it. */
export interface GuidanceProblem {
  /** Absolute, of the document. */
  readonly path: string;
  readonly rule: GuidanceRule;
  readonly severity: 'error' | 'warning' | 'info';
  /** What is wrong, and what to do. */
  readonly message: string;
  readonly range: TextRange;
}

/** A document as it was read. */
export interface ReadGuidance {
  readonly guidance: Guidance;
  readonly text: string;
  readonly problems: readonly GuidanceProblem[];
}
