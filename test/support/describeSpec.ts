import type { Criterion } from '../../src/core/ears/model';
import type { Problem, Requirement, SpecDocument, Task } from '../../src/core/spec/model';
import { lineStarts, positionAt } from '../../src/core/util/textRange';
import { lintText } from './lintText';

const STATES = { open: ' ', inProgress: '-', done: 'x', queued: '~' } as const;

/** A criterion in one line: `1.2 event-driven: when[WHEN|a user logs in] …`. */
export function describeCriterion({ id, pattern, clauses }: Criterion): string {
  const pieces = clauses.map(({ role, keyword, text }) => `${role}[${keyword}|${text.replace(/\s+/g, ' ')}]`);
  return `${id} ${pattern}: ${pieces.join(' ')}`;
}

/** A problem in one line: code or rule, severity, place, and the words it stands under. */
export function describeProblem(text: string, { rule, code, severity, range, fixes }: Problem): string {
  const { line, character } = positionAt(lineStarts(text), range.start);
  const words = JSON.stringify(text.slice(range.start, range.end));
  const repair = (fixes ?? []).map(({ title }) => ` → ${title}`).join('');
  return `${code} ${rule} ${severity} ${line + 1}:${character + 1} ${words}${repair}`;
}

/** A document as lines that a person can read and compare. */
export function describeDocument(text: string, document: SpecDocument): string {
  const lines = [`${document.kind}: ${document.title}`, ...contentOf(document)];
  lines.push(...lintText(text, document.kind).map((problem) => `! ${describeProblem(text, problem)}`));
  return `${lines.join('\n')}\n`;
}

function contentOf(document: SpecDocument): readonly string[] {
  if (document.kind === 'tasks') return document.tasks.flatMap((task) => taskLines(task, ''));
  const sections = document.sections.map(({ level, title }) => `${'#'.repeat(level)} ${title}`);
  if (document.kind === 'design') {
    return [
      ...sections,
      ...document.properties.map((p) => `property ${p.id}: ${p.title} (${p.validates.join(', ')})`),
    ];
  }
  const terms = document.glossary.map(({ name, definition }) => `term ${name}: ${definition}`);
  return [...sections, ...terms, ...document.requirements.flatMap(requirementLines)];
}

function requirementLines({ id, title, userStory, criteria }: Requirement): readonly string[] {
  const story = userStory === undefined ? [] : [`  story: ${userStory.text.replace(/\s+/g, ' ')}`];
  return [
    `requirement ${id}: ${title}`,
    ...story,
    ...criteria.map((criterion) => `  ${describeCriterion(criterion)}`),
  ];
}

function taskLines(task: Task, indent: string): readonly string[] {
  const star = task.optional ? '*' : '';
  const facts = [
    ...task.details.map((detail) => `· ${detail}`),
    ...(task.requirements.length > 0 ? [`requirements ${task.requirements.join(', ')}`] : []),
    ...(task.verify === undefined ? [] : [`verify ${task.verify}`]),
  ];
  return [
    `${indent}[${STATES[task.state]}]${star} ${task.key} ${task.title}`,
    ...facts.map((fact) => `${indent}    ${fact}`),
    ...task.children.flatMap((child) => taskLines(child, `${indent}  `)),
  ];
}
