/** What another agent may add: a remark in a review, and its word about a task. A person and their checks decide about both. */
import * as z from 'zod';
import { ToolRefusal } from '../agent/turn/toolRefusal';
import { climbs, isInside, relativePath } from '../util/path';
import { defineDeskTool } from './deskTool';
import { DOCUMENT, findTask, requireDocument, SPEC_NAME } from './readingTools';

/** Characters of a proposal, a summary, a command. */
const LONG = 20_000;
const SUMMARY = 4_000;

export const proposeEdit = defineDeskTool({
  name: 'propose_edit',
  description:
    'Proposes another text for a passage of a spec, as a comment in its review. The document stays as it is until a person changes it.',
  adds: true,
  input: z.object({
    spec: SPEC_NAME,
    document: DOCUMENT,
    old: z.string().min(1).max(LONG).describe('Exactly as it stands there, once'),
    new: z.string().max(LONG).describe('Empty to take it out'),
    why: z.string().min(1).max(SUMMARY),
  }),
  async call({ spec: name, document: kind, old, new: text, why }, { desk, client }) {
    const spec = await desk.spec(name);
    const { text: whole } = requireDocument(spec, kind);
    const start = whole.indexOf(old);
    if (start === -1)
      throw new ToolRefusal('The text “old” is not in the document. Read it with get_spec and copy it.');
    if (whole.indexOf(old, start + 1) !== -1)
      throw new ToolRefusal('The text “old” is there more than once. Give more of what is around it.');
    if (old === text) throw new ToolRefusal('“old” and “new” are the same: nothing is proposed.');
    const range = { start, end: start + old.length };
    await desk.remark(spec, kind, range, proposal(why, old, text), client);
    return {
      text: `Proposed. It waits as a comment in the review of ${kind}; a person decides, so go on with the text as it is.`,
    };
  },
});

function proposal(why: string, old: string, text: string): string {
  const marked = (sign: string, lines: string) =>
    lines
      .split(/\r?\n/)
      .map((line) => sign + line)
      .join('\n');
  const diff = [marked('-', old), ...(text === '' ? [] : [marked('+', text)])].join('\n');
  // Longer than any fence in it.
  const ticks = Math.max(2, ...[...diff.matchAll(/`+/g)].map(([run]) => run.length)) + 1;
  const fence = '`'.repeat(ticks);
  return `Proposed edit: ${why.trim()}\n\n${fence}diff\n${diff}\n${fence}`;
}

export const reportEvidence = defineDeskTool({
  name: 'report_evidence',
  description:
    'Says that you did a task, what you changed and which commands you ran. Kept as your word; the box is ticked when the person’s own checks pass.',
  adds: true,
  input: z.object({
    spec: SPEC_NAME,
    task: z.string().min(1).max(100).describe('Id'),
    summary: z.string().trim().min(1).max(SUMMARY),
    files: z.array(z.string().min(1).max(500)).max(200).optional().describe('Changed'),
    commands: z
      .array(z.object({ command: z.string().min(1).max(1000), exitCode: z.int() }))
      .max(50)
      .optional(),
  }),
  async call({ spec: name, task: id, summary, files = [], commands = [] }, { desk, client }) {
    const spec = await desk.spec(name);
    const task = findTask(spec, id);
    const below = files.map((file) => insideOf(desk.root, file));
    await desk.claim(spec, task, { by: client, summary, files: below, commands });
    const verify = task.verify === undefined ? '' : ` (${task.verify})`;
    const failed = commands.filter(({ exitCode }) => exitCode !== 0).map(({ command }) => command);
    const red = failed.length > 0 ? ` You say yourself that this failed: ${failed.join('; ')}.` : '';
    return {
      text: `Kept as your word for task ${id}.${red} Its box stays as it is until a person has it checked${verify}. Go on with next_task.`,
    };
  },
});

function insideOf(root: string, file: string): string {
  const path = file.replaceAll('\\', '/');
  const isAbsolute = path.startsWith('/') || /^[a-z]:\//i.test(path);
  const below = isAbsolute ? (isInside(root, path) ? relativePath(root, path) : undefined) : path;
  if (below === undefined || below === '' || climbs(below))
    throw new ToolRefusal(`${file} is no file of this workspace. Name files relative to its folder.`);
  return below;
}
