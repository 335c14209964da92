/**
 * What to do when a conversation grows over its budget: its oldest steps are left out, and a summary of what they did
 * takes their place. No model is asked, so that the same log always gives the same conversation.
 */
import { IMAGE_TOKENS } from './images';
import type { Block, Message, ToolResultBlock, ToolUseBlock } from './model';

/** Bytes of a token, roughly. */
const BYTES_A_TOKEN = 4;
/** So much of the budget is left afterwards, so that it lasts for a while. */
const TARGET = 0.5;

/** Messages: the first, a step of answer and results, and the last step. */
export const LEAST_TO_SUM_UP = 5;

/** Roughly. */
export function tokensOf(value: string | readonly object[]): number {
  return Math.ceil(
    (typeof value === 'string' ? JSON.stringify(value).length : lengthOfAll(value)) / BYTES_A_TOKEN,
  );
}

/** Of what never changes, and is asked about with each request. */
const lengths = new WeakMap<object, number>();

/** How long something is as JSON, in characters; measured once. @param value Frozen by its makers, like a message or a tool's definition */
export function lengthOf(value: object): number {
  let length = lengths.get(value);
  if (length === undefined) {
    length = JSON.stringify(value, sizedPicture).length;
    lengths.set(value, length);
  }
  return length;
}

/** As one JSON list, commas and all. */
export function lengthOfAll(values: readonly object[]): number {
  return values.reduce((sum: number, value) => sum + lengthOf(value) + 1, 2);
}

/** A picture counts by what the service makes of it, not by the length of its data. */
function sizedPicture(_key: string, value: unknown): unknown {
  const isImage = (value as { type?: unknown } | null)?.type === 'image';
  return isImage ? ' '.repeat(IMAGE_TOKENS * BYTES_A_TOKEN) : value;
}

/**
 * How many messages after the first must go, so that a request keeps within its budget: whole steps of answer and
 * results, the oldest first; never the first message, nor the last step. None while it fits.
 * @param fixed Tokens of system prompt and tools.
 */
export function tooMany(messages: readonly Message[], fixed: number, budget: number): number {
  const sizes = messages.map((message) => Math.ceil(lengthOf(message) / BYTES_A_TOKEN));
  let size = fixed + sizes.reduce((sum, each) => sum + each, 0);
  if (size <= budget) return 0;
  let count = 0;
  while (size > budget * TARGET && count + LEAST_TO_SUM_UP <= messages.length) {
    size -= (sizes[count + 1] ?? 0) + (sizes[count + 2] ?? 0);
    count += 2;
  }
  return count;
}

const MOST_NAMES = 60;
const MOST_COMMANDS = 12;
const MOST_WORDS = 12;
const LONGEST_WORDS = 400;
const LONGEST_OUTPUT = 3000;
const CHANGES = new Set(['write_file', 'edit_file', 'delete_file', 'move_file', 'rename_symbol']);
const COMMANDS = new Set(['run_command', 'start_process']);

/** What the model should still know of messages that it no longer sees. */
export function summaryOf(left: readonly Message[]): string {
  const calls = callsOf(left);
  const paths = (names: (name: string) => boolean) =>
    calls.filter(({ use, ok }) => ok && names(use.name)).map(({ use }) => pathOf(use));
  const changed = latest(paths((name) => CHANGES.has(name)));
  const read = latest(paths((name) => name === 'read_file')).filter((path) => !changed.includes(path));
  const commands = calls.filter(({ use }) => COMMANDS.has(use.name));
  const failed = commands.findLast(({ ok }) => !ok);
  const said = texts(left, 'user').map((text) => `- ${withoutAttached(text)}`);
  const thought = texts(left, 'assistant').slice(-MOST_WORDS);
  return [
    '[Earlier steps were left out to make room. What is to be known of them:]',
    section('Files that you changed', changed.slice(-MOST_NAMES)),
    section('Files that you read; read again what you need', read.slice(-MOST_NAMES)),
    section(
      'Commands that ran',
      commands.slice(-MOST_COMMANDS).map(({ use, ok }) => `${commandOf(use)} → ${ok ? 'ok' : 'failed'}`),
    ),
    failed &&
      `The last that failed, ${commandOf(failed.use)}, said:\n${failed.output.slice(-LONGEST_OUTPUT)}`,
    said.length > 0 && `The person said meanwhile:\n${said.join('\n')}`,
    thought.length > 0 && `You said:\n${thought.map((text) => `- ${cut(text)}`).join('\n')}`,
  ]
    .filter((part) => part !== undefined && part !== false && part !== '')
    .join('\n\n');
}

interface Call {
  readonly use: ToolUseBlock;
  readonly ok: boolean;
  readonly output: string;
}

function callsOf(messages: readonly Message[]): readonly Call[] {
  const blocks = messages.flatMap(({ content }) => content);
  const results = new Map<string, ToolResultBlock>();
  const calls: Call[] = [];
  // Some servers give the same ids in every answer: a result belongs to the call right before it.
  for (const block of [...blocks].reverse()) {
    if (block.type === 'tool_result') results.set(block.toolUseId, block);
    if (block.type !== 'tool_use') continue;
    const result = results.get(block.id);
    calls.unshift({ use: block, ok: result?.isError === false, output: result?.content ?? '' });
  }
  return calls;
}

function texts(messages: readonly Message[], role: Message['role']): readonly string[] {
  return messages
    .filter((message) => message.role === role)
    .flatMap(({ content }) =>
      content.filter((block): block is Extract<Block, { type: 'text' }> => block.type === 'text'),
    )
    .map(({ text }) => text.trim())
    .filter((text) => text !== '');
}

/** Only what it was: its text can be attached or read again. */
function withoutAttached(text: string): string {
  const name = /^<attached name="([^"]*)">/.exec(text)?.[1];
  return name === undefined ? text : `(attached ${name})`;
}

function pathOf({ input }: ToolUseBlock): string {
  const { path, from, to } = (input ?? {}) as Readonly<Record<string, unknown>>;
  return String(path ?? to ?? from ?? '?');
}

function commandOf({ input }: ToolUseBlock): string {
  return `\`${cut(String((input as Readonly<Record<string, unknown>> | null)?.command ?? '?'))}\``;
}

/** Each once, at its latest place. */
function latest(names: readonly string[]): readonly string[] {
  return [...new Set([...names].reverse())].reverse();
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}:\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}…` : line;
}
