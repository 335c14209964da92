/** What an id or a term means, in a few lines of Markdown. */
import type { EarsPattern } from '../ears/model';
import type { CorrectnessProperty, SpecDocuments, Task, TaskState } from '../spec/model';
import type { Mention } from '../spec/references/mentions';
import { evidenceIn } from '../spec/requirements/evidence';
import type { PropertyTestResult, TasksMeta } from '../spec/tasks/parseTasksMeta';
import { tasksNaming } from '../spec/tasks/tasksNaming';
import type { TaskClaim } from '../tasks/evidence/claims';
import type { TaskEvidence } from '../tasks/evidence/records';
import { type Entity, entityOf } from './entities';
import { describeClaim, describeEvidence } from './evidenceHover';

const MOST = 6;
const PATTERNS: Readonly<Record<EarsPattern, string>> = {
  ubiquitous: 'always',
  'event-driven': 'event-driven',
  'state-driven': 'state-driven',
  'optional-feature': 'optional feature',
  'unwanted-behaviour': 'unwanted behaviour',
  complex: 'complex',
  quantified: 'quantified',
  gherkin: 'Gherkin',
  none: 'no EARS pattern',
};
const LONGEST_EXAMPLE = 300;
const OUTCOMES: Readonly<Record<PropertyTestResult['status'], string>> = {
  passed: 'passed',
  failed: '**failed**',
  unexpected_pass: '**passed, although it was to fail**',
};
const STATES: Readonly<Record<TaskState, string>> = {
  open: 'not done',
  inProgress: 'in progress',
  done: 'done',
  queued: 'queued',
};

/**
 * Undefined for what is not there: then a problem says so.
 * @param results What Kiro remembers of the property tests of tasks.
 * @param evidenceFor What the last run of a task found.
 */
export function hoverText(
  documents: SpecDocuments,
  mention: Mention,
  results: TasksMeta['results'] = new Map(),
  evidenceFor: (task: Task) => TaskEvidence | undefined = () => undefined,
  claimFor: (task: Task) => TaskClaim | undefined = () => undefined,
  /** Of a criterion: why links to it are suspect. */
  doubts: readonly string[] = [],
): string | undefined {
  const entity = entityOf(documents, mention);
  if (entity === undefined) return undefined;
  const result = entity.kind === 'task' ? results.get(entity.task.id ?? '') : undefined;
  const evidence = entity.kind === 'task' ? evidenceFor(entity.task) : undefined;
  const claim = entity.kind === 'task' ? claimFor(entity.task) : undefined;
  return [
    describe(documents, entity),
    ...(result === undefined ? [] : [describeResult(result)]),
    ...(evidence === undefined ? [] : [describeEvidence(evidence, escaped)]),
    ...(claim === undefined ? [] : [describeClaim(claim, escaped)]),
    ...doubts.slice(0, MOST).map((doubt) => `**suspect** · ${escaped(doubt)}`),
  ].join('\n\n');
}

function describe(documents: SpecDocuments, entity: Entity): string {
  switch (entity.kind) {
    case 'requirement': {
      const { id, title, userStory, criteria } = entity.requirement;
      const story = userStory === undefined ? [] : [`*${escaped(userStory.text)}*`];
      const shown = criteria
        .slice(0, MOST)
        .map((criterion) => `- **${criterion.id}** ${escaped(criterion.text)}`);
      const more = criteria.length > MOST ? [`- … ${criteria.length - MOST} more`] : [];
      return [`**Requirement ${id}** ${escaped(title)}`, ...story, [...shown, ...more].join('\n')].join(
        '\n\n',
      );
    }
    case 'criterion': {
      const { id, text, pattern } = entity.criterion;
      const head = `**${id}** · ${PATTERNS[pattern]} · ${escaped(entity.requirement.title || `Requirement ${entity.requirement.id}`)}`;
      return [head, escaped(text), coverage(documents, id, entity.requirement.id)].join('\n\n');
    }
    case 'property':
      return describeProperty(documents, entity.property);
    case 'task':
      return describeTask(documents, entity.task);
    case 'term':
      return `**${escaped(entity.term.name)}** · glossary\n\n${escaped(entity.term.definition)}`;
  }
}

/** Who names a criterion. */
export function coverage(documents: SpecDocuments, criterion: string, requirement: string): string {
  const names = (ids: readonly string[]) => ids.includes(criterion) || ids.includes(requirement);
  const tasks = tasksNaming(documents.tasks?.tasks ?? [])(criterion, requirement);
  const properties = (documents.design?.properties ?? []).filter(({ validates }) => names(validates));
  const done = tasks.filter(({ state }) => state === 'done').length;
  const parts = [
    tasks.length === 0
      ? 'no task'
      : `${tasks.length === 1 ? 'task' : 'tasks'} ${tasks
          .map(({ id, title }) => id ?? escaped(title))
          .slice(0, MOST)
          .join(', ')} (${done} of ${tasks.length} done)`,
    ...(properties.length === 0
      ? []
      : [
          `${properties.length === 1 ? 'property' : 'properties'} ${properties
            .map(({ id }) => id)
            .slice(0, MOST)
            .join(', ')}`,
        ]),
    ...codeOf(documents, criterion),
  ];
  return parts.join(' · ');
}

/** The code that a criterion was derived from. */
function codeOf({ requirements }: SpecDocuments, criterion: string): readonly string[] {
  const places = (requirements && evidenceIn(requirements)) ?? [];
  const own = places.filter((place) => place.criterion.toUpperCase() === criterion.toUpperCase());
  if (own.length === 0) return [];
  return [
    `code ${own
      .slice(0, MOST)
      .map(({ path, first }) => `${escaped(path)}:${first}`)
      .join(', ')}`,
  ];
}

function describeProperty(documents: SpecDocuments, { id, title, validates }: CorrectnessProperty): string {
  return [`**Property ${id}** ${escaped(title)}`, 'validates', criteriaList(documents, validates)].join(
    '\n\n',
  );
}

function describeTask(documents: SpecDocuments, task: Task): string {
  const { id, title, state, optional, requirements, verify, details } = task;
  const head = `**Task ${id ?? ''}** ${escaped(title)} · ${STATES[state]}${optional ? ' · optional' : ''}`;
  return [
    head,
    ...(details.length === 0
      ? []
      : [
          details
            .slice(0, MOST)
            .map((line) => `- ${escaped(line)}`)
            .join('\n'),
        ]),
    ...(verify === undefined ? [] : [`verified by \`${verify.replaceAll('`', "'")}\``]),
    ...(requirements.length === 0 ? [] : [criteriaList(documents, requirements)]),
  ].join('\n\n');
}

/** Of a test that a task is about. */
function describeResult({ status, failingExample, lastRun }: PropertyTestResult): string {
  const when = lastRun === undefined ? '' : ` · ${escaped(lastRun)}`;
  const example = failingExample?.replaceAll('`', "'").replace(/\s+/g, ' ').slice(0, LONGEST_EXAMPLE);
  return `property test ${OUTCOMES[status]}${when}${example === undefined || example === '' ? '' : `\n\nfails for \`${example}\``}`;
}

function criteriaList(documents: SpecDocuments, ids: readonly string[]): string {
  const lines = ids.slice(0, MOST).map((id) => {
    const entity = entityOf(documents, { kind: id.includes('.') ? 'criterion' : 'requirement', id });
    const text =
      entity?.kind === 'criterion'
        ? entity.criterion.text
        : entity?.kind === 'requirement'
          ? entity.requirement.title
          : 'is not there';
    return `- **${id}** ${escaped(text)}`;
  });
  if (ids.length > MOST) lines.push(`- … ${ids.length - MOST} more`);
  return lines.join('\n');
}

/** Other people's words as plain text. */
export function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&$]/g, '\\$&');
}
