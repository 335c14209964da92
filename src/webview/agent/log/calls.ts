/** What a tool call is about, in words. Pure. */
import type { ToolItem } from '../../../core/agent/session/sessionState';
import { baseName, plural } from '../../shared/format';
import type { IconName, Tone } from '../../shared/iconNames';

export type CallKind =
  | 'read'
  | 'search'
  | 'list'
  | 'edit'
  | 'run'
  | 'process'
  | 'spec'
  | 'ask'
  | 'plan'
  | 'code'
  | 'web'
  | 'helper'
  | 'other';

/** Our own tools whose names say something else. */
const OWN: Readonly<Record<string, CallKind>> = {
  start_process: 'run',
  read_output: 'process',
  stop_process: 'process',
  spec: 'spec',
  ask_user: 'ask',
  plan: 'plan',
  code: 'code',
  diagnostics: 'code',
  web_fetch: 'web',
  delegate: 'helper',
};

const KINDS: readonly (readonly [RegExp, CallKind])[] = [
  [/(^|_)(write|edit|replace|patch|create|delete|remove|move|rename|apply)/, 'edit'],
  [/(^|_)(run|exec|execute|bash|shell|command)/, 'run'],
  [/(^|_)(search|grep|find)/, 'search'],
  [/(^|_)(list|glob|ls)/, 'list'],
  [/(^|_)(read|view|open|get)/, 'read'],
];

export function kindOf(call: Pick<ToolItem, 'name' | 'edit' | 'question'>): CallKind {
  if (call.edit || call.question?.capability === 'write') return 'edit';
  if (call.question?.capability === 'run') return 'run';
  const own = OWN[call.name];
  if (own) return own;
  const name = call.name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W/g, '_')
    .toLowerCase();
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

function field(input: unknown, names: readonly string[]): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const record = input as Readonly<Record<string, unknown>>;
  return names
    .map((name) => record[name])
    .find((value): value is string => typeof value === 'string' && value !== '');
}

/** The file a call is about. */
export function pathOf(call: Pick<ToolItem, 'input' | 'edit'>): string | undefined {
  return (
    call.edit?.path ?? field(call.input, ['path', 'file', 'file_path', 'filePath', 'folder', 'directory'])
  );
}

/** What a search looks for. */
export function queryOf(call: Pick<ToolItem, 'input'>): string | undefined {
  return field(call.input, ['pattern', 'query', 'regex', 'glob', 'text']);
}

/** The command line of a run. */
export function commandOf(call: Pick<ToolItem, 'input' | 'question' | 'name'>): string {
  return field(call.input, ['command', 'cmd', 'script']) ?? call.question?.subject ?? call.name;
}

/** Which agent a task is handed to, and its first line. */
export function taskOf({ input }: Pick<ToolItem, 'input'>): {
  readonly agent: string;
  readonly task: string;
} {
  const task = field(input, ['task'])?.trim().split('\n')[0] ?? 'a task';
  return { agent: field(input, ['agent']) ?? 'general-task-execution', task };
}

export const KIND_ICONS: Readonly<Record<CallKind, IconName>> = {
  read: 'book',
  search: 'search',
  list: 'list-flat',
  edit: 'edit',
  run: 'terminal',
  process: 'terminal',
  spec: 'checklist',
  ask: 'question',
  plan: 'checklist',
  code: 'symbol-method',
  web: 'globe',
  helper: 'hubot',
  other: 'tools',
};

/** `Read 4 files`, `Searching for “hold”`, `Searched 3 times, 1 failed`. */
export function groupLabel(kind: CallKind, calls: readonly ToolItem[]): string {
  const running = calls.some((call) => call.status === 'running');
  const [first] = calls;
  const only = calls.length === 1 ? first : undefined;
  const failed = calls.filter((call) => call.status === 'failed').length;
  const tail = failed === 0 ? '' : only ? ' failed' : `, ${failed} failed`;
  return `${only ? oneLabel(kind, only, running) : manyLabel(kind, calls, running)}${tail}`;
}

function oneLabel(kind: CallKind, call: ToolItem, running: boolean): string {
  const path = pathOf(call);
  const query = queryOf(call);
  switch (kind) {
    case 'read':
      return `${running ? 'Reading' : 'Read'} ${path ? baseName(path) : 'a file'}`;
    case 'list':
      return `${running ? 'Listing' : 'Listed'} ${path ?? query ?? 'a folder'}`;
    case 'search':
      return `${running ? 'Searching' : 'Searched'}${query ? ` for “${query}”` : ''}`;
    case 'edit':
      return editLabel(call);
    case 'process':
      return processLabel(call, running);
    case 'spec':
      return specLabel(call);
    case 'ask':
      return askLabel(call, running);
    case 'code':
      return codeLabel(call, running);
    case 'web':
      return `${running ? 'Reading' : 'Read'} ${field(call.input, ['url']) ?? 'a web page'}`;
    default:
      return call.name.replaceAll('_', ' ');
  }
}

/** A change that has no diff: refused, failed, or of what is not text. */
function editLabel(call: ToolItem): string {
  const path = pathOf(call) ?? 'a file';
  const word = (open: string, done: string) => (call.status === 'ok' ? done : open);
  if (call.name === 'rename_symbol')
    return `${word('Rename', 'Renamed')} ${field(call.input, ['symbol']) ?? 'a symbol'}`;
  if (call.name === 'delete_file') return `${word('Delete', 'Deleted')} ${path}`;
  const target = field(call.input, ['newPath']);
  if (target !== undefined) return `${word('Move', 'Moved')} ${path} to ${target}`;
  return `${call.name === 'write_file' ? word('Write', 'Wrote') : word('Edit', 'Edited')} ${path}`;
}

function processLabel(call: ToolItem, running: boolean): string {
  const id = field(call.input, ['process']) ?? 'a process';
  if (call.name === 'stop_process') return `${running ? 'Stopping' : 'Stopped'} ${id}`;
  return `${running ? 'Waiting for output of' : 'Read the output of'} ${id}`;
}

function askLabel({ input, choice }: ToolItem, running: boolean): string {
  const question = field(input, ['question']) ?? 'a question';
  return choice?.answer === undefined
    ? `${running ? 'Asks' : 'Asked'}: ${question}`
    : `${question} You said: ${choice.answer}`;
}

function codeLabel({ name, input }: ToolItem, running: boolean): string {
  const path = field(input, ['path']);
  const symbol = field(input, ['symbol']);
  if (name === 'diagnostics')
    return `${running ? 'Looking at' : 'Looked at'} the problems${path ? ` of ${baseName(path)}` : ''}`;
  const what = field(input, ['action']) ?? 'code';
  return `${running ? 'Looking up' : 'Looked up'} ${what} of ${symbol ?? path ?? 'the code'}`;
}

const SPEC_WORDS: Readonly<Record<string, string>> = {
  criterion: 'criterion',
  trace: 'the trace of',
  task: 'task',
  findings: 'the findings',
};

function specLabel({ input }: ToolItem): string {
  const what = SPEC_WORDS[field(input, ['action']) ?? ''] ?? 'the spec';
  return ['Looked up', what, field(input, ['id'])].filter((part) => part !== undefined).join(' ');
}

function manyLabel(kind: CallKind, calls: readonly ToolItem[], running: boolean): string {
  const count = calls.length;
  if (kind === 'read') {
    const files = new Set(calls.map((call) => pathOf(call) ?? call.call)).size;
    return `${running ? 'Reading' : 'Read'} ${plural(files, 'file')}`;
  }
  if (kind === 'list') return listLabel(calls, running);
  if (kind === 'search') return `${running ? 'Searching' : 'Searched'} ${count} times`;
  if (kind === 'process') return `Looked at processes ${count} times`;
  if (kind === 'code') return `Looked into the code ${count} times`;
  if (kind === 'web') return `Read ${count} web pages`;
  if (kind === 'spec') return `Looked into the spec ${count} times`;
  return `${calls[0]?.name.replaceAll('_', ' ') ?? ''}, ${count} times`;
}

function listLabel(calls: readonly ToolItem[], running: boolean): string {
  const globs = calls.filter(({ name }) => name === 'glob').length;
  const verb = running ? 'Listing' : 'Listed';
  return globs === 0 ? `${verb} ${plural(calls.length, 'folder')}` : `${verb} files ${calls.length} times`;
}

/** The state of a call, where it is worth saying. */
export function statusSign(
  status: ToolItem['status'],
): { icon: IconName; tone: Tone; word: string } | undefined {
  switch (status) {
    case 'failed':
      return { icon: 'error', tone: 'err', word: 'failed' };
    case 'denied':
      return { icon: 'circle-slash', tone: 'dim', word: 'denied' };
    case 'interrupted':
      return { icon: 'debug-disconnect', tone: 'warn', word: 'interrupted' };
    default:
      return undefined;
  }
}
