/** Reads tasks.md: the line format is that of Kiro's own engine, everything around it is taken as it comes. */
import { type Block, type ListItemBlock, readBlocks } from '../../markdown/blocks';
import { endBeforeComments } from '../../markdown/comments';
import type { TextRange } from '../../util/textRange';
import type { Finding, Task, TaskState, TasksDocument } from '../model';
import { documentTitle, sectionsOf } from '../sections';
import { type Details, readDetails } from './taskDetails';
import { taskFindings } from './taskFindings';
import { readWaves } from './waves';

const CHECKBOX = /^\[([ xX\-~])\](\\?\*?)[ \t]+(\S.*)$/s;
const NUMBER = /^(?:(\d+(?:\.\d+)+)[.)]?|(\d+)[.)])[ \t]+(\S.*)$/s;
const STATES: Readonly<Record<string, TaskState>> = {
  '-': 'inProgress',
  x: 'done',
  X: 'done',
  '~': 'queued',
};

/** A task while its details and children are still being collected. */
interface Draft {
  readonly block: ListItemBlock;
  readonly id: string | undefined;
  readonly idRange: TextRange | undefined;
  readonly title: string;
  readonly state: TaskState;
  readonly optional: boolean;
  readonly head: { readonly start: number; readonly end: number };
  readonly details: Block[];
  readonly children: Draft[];
}

/** Reads tasks.md. Never throws; what cannot be read is a finding of the document. */
export function parseTasks(text: string, blocks: readonly Block[] = readBlocks(text)): TasksDocument {
  const { roots, all } = collect(text, blocks);
  const count = new Map<string, number>();
  for (const { id } of all) if (id !== undefined) count.set(id, (count.get(id) ?? 0) + 1);
  const findings: Finding[] = [];
  const finish = (draft: Draft, around: readonly string[]): Task => {
    const unique = draft.id !== undefined && count.get(draft.id) === 1;
    const details = readDetails(text, draft.head.end, draft.block.range.end, draft.details);
    for (const finding of details.findings) findings.push(finding);
    const boundary = details.boundary.length > 0 ? details.boundary : around;
    return taskOf(
      draft,
      unique ? (draft.id as string) : `@${draft.block.line}`,
      { ...details, boundary },
      draft.children.map((child) => finish(child, boundary)),
    );
  };
  const tasks = roots.map((root) => finish(root, []));
  for (const finding of taskFindings(text, blocks, tasks)) findings.push(finding);
  const sections = sectionsOf(text, blocks);
  const { waves, findings: wrong } = readWaves(text, blocks, sections);
  findings.push(...wrong);
  findings.sort((a, b) => a.range.start - b.range.start);
  return {
    kind: 'tasks',
    text,
    blocks,
    title: documentTitle(sections),
    sections,
    tasks,
    waves,
    findings,
  };
}

function taskOf(draft: Draft, key: string, details: Details, children: readonly Task[]): Task {
  const { block, id, idRange, title, state, optional, head } = draft;
  let end = block.range.end;
  for (const { range } of draft.details) end = Math.max(end, range.end);
  for (const { range } of children) end = Math.max(end, range.end);
  return {
    id,
    idRange,
    key,
    title,
    state,
    optional,
    line: block.line,
    stateRange: { start: block.content.start + 1, end: block.content.start + 2 },
    headRange: head,
    range: { start: head.start, end },
    details: details.lines,
    requirements: details.requirements,
    coversAll: details.coversAll,
    references: details.references,
    properties: details.properties,
    depends: details.depends,
    boundary: details.boundary,
    verify: details.verify,
    children,
  };
}

/** Finds the tasks and says which task each block belongs to. */
function collect(text: string, blocks: readonly Block[]): { roots: readonly Draft[]; all: readonly Draft[] } {
  const roots: Draft[] = [];
  const all: Draft[] = [];
  /** The tasks around the current place, outermost first, by indentation. */
  const open: Draft[] = [];
  /** The latest root and its latest descendants: a flush-left `2.1` looks here for its `2.` */
  const chain: Draft[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      open.length = 0;
      continue;
    }
    while ((open.at(-1)?.block.depth ?? -1) >= block.depth) open.pop();
    const draft = block.kind === 'listItem' ? draftOf(text, block) : undefined;
    if (draft === undefined) {
      open.at(-1)?.details.push(block);
      continue;
    }
    const parent = open.at(-1) ?? parentByNumber(chain, draft.id);
    (parent?.children ?? roots).push(draft);
    all.push(draft);
    chain.length = parent === undefined ? 0 : chain.indexOf(parent) + 1;
    chain.push(draft);
    open.push(draft);
  }
  return { roots, all };
}

function parentByNumber(chain: readonly Draft[], id: string | undefined): Draft | undefined {
  const dot = id?.lastIndexOf('.') ?? -1;
  return dot === -1 ? undefined : chain.find((task) => task.id === id?.slice(0, dot));
}

function draftOf(text: string, block: ListItemBlock): Draft | undefined {
  if (block.number !== undefined || text[block.content.start] !== '[') return undefined;
  const content = text.slice(block.content.start, block.content.end);
  const lineEnd = content.search(/[\r\n]/);
  const whole = lineEnd === -1 ? content : content.slice(0, lineEnd);
  const line = whole.slice(0, endBeforeComments(whole));
  const match = CHECKBOX.exec(line);
  if (match === null) return undefined;
  const [, state = ' ', star, rest = ''] = match;
  const end = lineEnd === -1 ? block.range.end : block.content.start + lineEnd;
  const number = NUMBER.exec(rest);
  const id = number?.[1] ?? number?.[2];
  const at = block.content.start + line.length - rest.length;
  return {
    block,
    id,
    idRange: id === undefined ? undefined : { start: at, end: at + id.length },
    title: number?.[3] ?? rest,
    state: STATES[state] ?? 'open',
    optional: star !== '',
    head: { start: block.range.start, end },
    details: [],
    children: [],
  };
}
