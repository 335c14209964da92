/** What another agent may look at. */
import * as z from 'zod';
import { ToolRefusal } from '../agent/turn/toolRefusal';
import { documentsOf } from '../spec/documentsOf';
import type { DocumentKind, Spec } from '../spec/model';
import { stateWords } from '../spec/phase';

import { flattenTasks } from '../spec/tasks/taskTree';
import { basename } from '../util/path';
import { lineStarts, positionAt } from '../util/textRange';
import { defineDeskTool } from './deskTool';

// What only a call needs is loaded with it: a client waits for the definitions alone.
const words = () => import('../agent/tools/specWords');
const tasksAhead = () => import('./nextTask');

/** Characters of a document, and findings, in one answer. */
const LONGEST = 60_000;
const MOST = 200;

export const SPEC_NAME = z.string().min(1).max(200).describe('Name, from list_specs');
export const DOCUMENT = z.enum(['requirements', 'bugfix', 'design', 'tasks']);

export const listSpecs = defineDeskTool({
  name: 'list_specs',
  description: 'The specs of this workspace: documents, what is approved, how many tasks are done.',
  input: z.object({}),
  output: z.object({
    specs: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        documents: z.record(z.string(), z.string()),
        done: z.int(),
        total: z.int(),
      }),
    ),
  }),
  async call(_, { desk }) {
    const all = await desk.specs();
    const specs = all.map(({ name, spec: { type, documents, progress } }) => ({
      name,
      type,
      documents: Object.fromEntries(documents.map(({ kind, state }) => [kind, state])),
      done: progress.done,
      total: progress.total,
    }));
    const lines = all.map(({ name, spec: { documents, progress } }) => {
      const states = documents.map((document) => `${document.kind} ${stateWords(document)}`);
      return `${name}: ${states.join('; ')}; ${progress.done} of ${progress.total} tasks done`;
    });
    const none = 'This workspace has no specs. A person starts one in Earshot.';
    return { text: lines.join('\n') || none, structured: { specs } };
  },
});

export const getSpec = defineDeskTool({
  name: 'get_spec',
  description: 'A document of a spec, word for word; without one, an outline with all ids.',
  input: z.object({
    spec: SPEC_NAME,
    document: DOCUMENT.optional(),
    offset: z.int().min(0).optional().describe('Go on here'),
  }),
  async call({ spec: name, document: kind, offset = 0 }, { desk }) {
    const spec = await desk.spec(name);
    if (kind === undefined) return { text: await outlineOf(spec) };
    const { text } = requireDocument(spec, kind);
    const part = text.slice(offset, offset + LONGEST);
    const rest = offset + part.length < text.length;
    return { text: rest ? `${part}\n[more; go on with offset ${offset + part.length}]` : part };
  },
});

export const getItem = defineDeskTool({
  name: 'get_item',
  description: 'One requirement or criterion (2, 2.1), task or correctness property, by its id.',
  input: z.object({
    spec: SPEC_NAME,
    kind: z.enum(['requirement', 'criterion', 'task', 'property']),
    id: z.string().min(1).max(100),
  }),
  async call({ spec: name, kind, id }, { desk }) {
    const spec = await desk.spec(name);
    const documents = documentsOf(spec.documents);
    if (kind === 'property') return { text: propertyOf(spec, id) };
    const { describeCriterion, describeTask } = await words();
    if (kind !== 'task') return { text: describeCriterion(documents, id) };
    const text = describeTask(documents, id);
    const task = findTask(spec, id);
    const { claim, found } = (await desk.known(spec))(task);
    const said = claim ? [`${claim.by} reported it as done; not checked yet: ${claim.summary}`] : [];
    const checked = found ? [`Checks found it ${found.evidence.verdict}.`] : [];
    return { text: [text, ...said, ...checked].join('\n') };
  },
});

export const nextTask = defineDeskTool({
  name: 'next_task',
  description:
    'The next task that can be begun, with the criteria and the design it is about and the command that has to pass. Begin here.',
  input: z.object({ spec: SPEC_NAME.optional() }),
  async call({ spec: name }, { desk }) {
    const all = name === undefined ? await desk.specs() : [{ name, spec: await desk.spec(name) }];
    const { nextTask: findNext, taskContext } = await tasksAhead();
    for (const each of all) {
      const known = await desk.known(each.spec);
      const next = findNext(each.spec, known);
      if (next) return { text: taskContext(each.spec, each.name, next, known(next.task)) };
    }
    return {
      text: 'No task can be begun now: all are done, begun, reported, or wait for one of those. A person has what is reported checked in Earshot.',
    };
  },
});

export const findings = defineDeskTool({
  name: 'findings',
  description: 'What the checks of requirements, design and tasks find in a spec.',
  input: z.object({ spec: SPEC_NAME }),
  output: z.object({
    findings: z.array(
      z.object({
        file: z.string(),
        line: z.int(),
        rule: z.string(),
        severity: z.string(),
        message: z.string(),
      }),
    ),
    more: z.int(),
  }),
  async call({ spec: name }, { desk }) {
    const spec = await desk.spec(name);
    const all = spec.documents.flatMap(({ path, text = '', problems }) => {
      const starts = lineStarts(text);
      return problems.map(({ rule, severity, message, range }) => ({
        file: basename(path),
        line: positionAt(starts, range.start).line + 1,
        rule,
        severity,
        message,
      }));
    });
    const shown = all.slice(0, MOST);
    const more = all.length - shown.length;
    const lines = shown.map(
      ({ file, line, rule, severity, message }) => `${file}:${line} ${severity} ${rule}: ${message}`,
    );
    return {
      text: [...(lines.length > 0 ? lines : ['No findings.']), ...(more > 0 ? [`[${more} more]`] : [])].join(
        '\n',
      ),
      structured: { findings: shown, more },
    };
  },
});

export const trace = defineDeskTool({
  name: 'trace',
  description:
    'Which properties, tasks, tests and code cover a criterion; without an id, what is not covered.',
  input: z.object({ spec: SPEC_NAME, id: z.string().max(100).optional() }),
  async call({ spec: name, id }, { desk, signal }) {
    const { describeTrace } = await words();
    return { text: describeTrace(await desk.trace(await desk.spec(name), signal), id) };
  },
});

export function requireDocument(spec: Spec, kind: DocumentKind) {
  const found = spec.documents.find((each) => each.kind === kind);
  if (found?.text !== undefined) return { ...found, text: found.text };
  const there = spec.documents.filter(({ text }) => text !== undefined).map((each) => each.kind);
  throw new ToolRefusal(`${spec.name} has no ${kind}. It has: ${there.join(', ') || 'nothing yet'}.`);
}

export function findTask(spec: Spec, id: string) {
  const { tasks } = documentsOf(spec.documents);
  const all = flattenTasks(tasks?.tasks ?? []);
  const task = all.find((each) => each.id === id) ?? all.find((each) => each.key === id);
  if (task) return task;
  const ids = all.map((each) => each.id ?? each.key).join(', ');
  throw new ToolRefusal(`There is no task ${id} in ${spec.name}. There are: ${ids || 'none'}.`);
}

function propertyOf({ name, documents }: Spec, id: string): string {
  const { design } = documentsOf(documents);
  const all = design?.properties ?? [];
  const found = all.find((each) => each.id === id);
  if (design && found) return design.text.slice(found.range.start, found.range.end).trim();
  const ids = all.map((each) => each.id).join(', ');
  throw new ToolRefusal(`There is no property ${id} in ${name}. There are: ${ids || 'none'}.`);
}

async function outlineOf(spec: Spec): Promise<string> {
  const { taskOutline } = await import('../workflow/drafting/slices');
  const { requirements, design, tasks } = documentsOf(spec.documents);
  const states = spec.documents.map((document) => `${document.kind}: ${stateWords(document)}`);
  const criteria = (requirements?.requirements ?? []).map(
    ({ id, title, criteria: own }) =>
      `Requirement ${id}: ${title} [${own.map((each) => each.id).join(', ')}]`,
  );
  const properties = (design?.properties ?? []).map(({ id, title }) => `Property ${id}: ${title}`);
  const parts = [states, criteria, properties, tasks ? [taskOutline(tasks).text] : []];
  return parts
    .map((lines) => lines.join('\n'))
    .filter((part) => part !== '')
    .join('\n\n')
    .slice(0, LONGEST);
}
