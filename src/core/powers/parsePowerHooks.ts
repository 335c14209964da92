/** Hooks that a power brings: files as in `.kiro/hooks`, and `hooks/hooks.json` as plugins of Claude Code have it. */
import type { Hook, HookFile } from '../hooks/model';
import { parseHooks } from '../hooks/parseHooks';
import { readJsonTree, toValue } from '../util/jsonTree';
import { basename } from '../util/path';
import { dataNamedIn, withPlace } from './powerPlaces';

/** @param root The workspace folder that they run in; '' where that is told later @param folder The power’s own */
export function parsePowerHooks(root: string, folder: string, path: string, text: string): HookFile {
  const plain = pluginHooks(text);
  const file = parseHooks(root, path, plain ?? text);
  return {
    ...file,
    hooks: file.hooks.map((hook) => placed(hook, folder)),
    // Places in a text that nobody sees are none.
    problems:
      plain === undefined
        ? file.problems
        : file.problems.map((problem) => ({ ...problem, range: { start: 0, end: 0 } })),
  };
}

/** What runs is named whole, and so is what is agreed to: the same words in another power run something else. */
function placed(hook: Hook, folder: string): Hook {
  const { action } = hook;
  return {
    ...hook,
    power: basename(folder),
    ...(action.type === 'command' ? dataNamedIn(action.command, folder) : {}),
    action: action.type === 'command' ? { ...action, command: withPlace(action.command, folder) } : action,
    content: JSON.stringify([folder, hook.content]),
  };
}

/** `{"hooks": {"PreToolUse": [{"matcher", "hooks": [{"type": "command", "command", "timeout"}]}]}}` as a file of v1. */
function pluginHooks(text: string): string | undefined {
  const { root, mistake } = readJsonTree(text);
  if (!root || mistake) return undefined;
  const { hooks, version } = record(toValue(root));
  if (version !== undefined || !isRecord(hooks)) return undefined;
  const found = Object.entries(hooks).flatMap(([trigger, groups]) =>
    list(groups).flatMap((group) => {
      const { matcher, hooks: inner } = record(group);
      return list(inner).map((each) => {
        const { command, timeout } = record(each);
        return {
          name: `${trigger}: ${String(command).slice(0, 60)}`,
          trigger,
          ...(typeof matcher === 'string' && matcher !== '' ? { matcher: inOurNames(matcher) } : {}),
          ...(typeof timeout === 'number' ? { timeout } : {}),
          action: { type: 'command', command },
        };
      });
    }),
  );
  return JSON.stringify({ version: 'v1', hooks: found });
}

const CLAUDE_NAMES: Readonly<Record<string, string>> = {
  Bash: 'shell',
  Write: 'write_file',
  Edit: 'edit_file',
  MultiEdit: 'edit_file',
  Read: 'read',
  Glob: 'glob',
  Grep: 'search',
  WebFetch: 'web',
  Task: 'delegate',
};

/** Its matchers mean the tools of Claude Code: whole words of them, and all else as it is. */
function inOurNames(matcher: string): string {
  return matcher.replace(/\w+/g, (word) =>
    Object.hasOwn(CLAUDE_NAMES, word) ? (CLAUDE_NAMES[word] ?? word) : word,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
