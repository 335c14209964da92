/** Words for what the model says in codes. */
import type { EarsPattern } from '../../core/ears/model';
import type { DocumentKind, PhaseState, Severity } from '../../core/spec/model';
import type { IconName, Tone } from '../shared/iconNames';

export const DOCUMENT_NAMES: Readonly<Record<DocumentKind, string>> = {
  requirements: 'Requirements',
  bugfix: 'Bugfix',
  design: 'Design',
  tasks: 'Tasks',
};

/** What the find box finds. */
export const ITEM_NAMES: Readonly<Record<DocumentKind, string>> = {
  requirements: 'a criterion',
  bugfix: 'a criterion',
  design: 'a section',
  tasks: 'a task',
};

export const PATTERN_NAMES: Readonly<Record<EarsPattern, string>> = {
  ubiquitous: 'Ubiquitous',
  'event-driven': 'Event-driven',
  'state-driven': 'State-driven',
  'optional-feature': 'Optional',
  'unwanted-behaviour': 'Unwanted',
  complex: 'Complex',
  quantified: 'Quantified',
  gherkin: 'Gherkin',
  none: 'No pattern',
};

export interface Sign {
  readonly icon: IconName;
  readonly tone: Tone;
}

export const SEVERITY_SIGNS: Readonly<Record<Severity, Sign>> = {
  error: { icon: 'error', tone: 'err' },
  warning: { icon: 'warning', tone: 'warn' },
  info: { icon: 'info', tone: 'info' },
  hint: { icon: 'lightbulb', tone: 'dim' },
};

/** What they are called is the core's. */
export const STATE_SIGNS: Readonly<Record<PhaseState, Sign>> = {
  missing: { icon: 'circle-outline', tone: 'dim' },
  drafting: { icon: 'loading', tone: 'info' },
  incomplete: { icon: 'warning', tone: 'warn' },
  draft: { icon: 'edit', tone: 'plain' },
  requested: { icon: 'request-changes', tone: 'warn' },
  claimed: { icon: 'question', tone: 'warn' },
  approved: { icon: 'pass-filled', tone: 'ok' },
  changed: { icon: 'diff-modified', tone: 'warn' },
};
