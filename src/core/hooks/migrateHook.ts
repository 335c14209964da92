/** A file of 0.x as one of v1: the same hook in the words of the new format, with all that it does not know. */

import { regexCost } from '../util/regexCost';
import { readTree } from './hookTree';
import type { HookJson } from './model';
import { parseHooks } from './parseHooks';

export interface MigratedHook {
  readonly hook: HookJson;
  readonly notes: readonly string[];
}

/** Undefined where the file holds no hook that could be carried over. */
export function migrateHook(path: string, text: string): MigratedHook | undefined {
  const tree = readTree(path, text);
  const hook = parseHooks('', path, text).hooks[0];
  if ('message' in tree || !hook || hook.format !== '0.x') return undefined;
  const notes: string[] = [];
  const whole = tree.value() as Readonly<Record<string, unknown>>;
  const { enabled: _, name: _name, description: _about, version: _version, when, then, ...others } = whole;
  const { type: _type, patterns, toolTypes, ...condition } = when as Readonly<Record<string, unknown>>;
  const {
    type: _act,
    prompt: _prompt,
    command: _command,
    timeout: _timeout,
    ...action
  } = then as Readonly<Record<string, unknown>>;
  const matcher = hook.matcher === undefined ? undefined : matcherOf(list(patterns), list(toolTypes), notes);
  if (hook.matcher === undefined && patterns !== undefined)
    notes.push(`Patterns mean nothing to ${hook.trigger}: they are left out.`);
  if (hook.trigger === 'Manual')
    notes.push(
      'Kiro’s editor cannot make a hook that is started by hand; Earshot and Kiro’s command line can.',
    );
  const isTimed = hook.action.type === 'command';
  return {
    notes,
    hook: {
      name: hook.name,
      ...(hook.description === undefined ? {} : { description: hook.description }),
      trigger: hook.trigger,
      ...(matcher === undefined ? {} : { matcher }),
      action: { ...hook.action, ...action },
      ...(isTimed ? { timeout: hook.timeout } : {}),
      enabled: hook.enabled,
      ...others,
      ...condition,
    },
  };
}

export function hookFileText(hooks: readonly HookJson[]): string {
  return `${JSON.stringify({ version: 'v1', hooks }, null, 2)}\n`;
}

function list(value: unknown): readonly string[] | undefined {
  return typeof value === 'string' ? [value] : (value as readonly string[] | undefined);
}

function matcherOf(
  patterns: readonly string[] | undefined,
  tools: readonly string[] | undefined,
  notes: string[],
): string | undefined {
  if (!patterns) return tools?.includes('*') ? undefined : tools?.join('|');
  const out = patterns.filter((glob) => glob.startsWith('!')).map((glob) => regexOf(glob.slice(1)));
  const inside = patterns.filter((glob) => !glob.startsWith('!')).map(regexOf);
  const all = inside.length === 1 ? inside[0] : `(${inside.join('|')})`;
  const matcher = `^${out.length > 0 ? `(?!(${out.join('|')})$)` : ''}${inside.length === 0 ? '.*' : all}$`;
  if ('wild' in regexCost(matcher)) return matcher;
  notes.push(
    `Its patterns are too many for one expression, so it would never fire: ${patterns.join(', ')}. Split the hook.`,
  );
  return matcher;
}

const SIGNS: Readonly<Record<string, string>> = {
  '**/': '(.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '{': '(',
  '}': ')',
  '[': '[',
  ']': ']',
};

/** A glob as people would write it as a regular expression. */
function regexOf(glob: string): string {
  const plain = glob.replace(/^(?:\.?\/)+/, '');
  const whole = plain.includes('/') ? plain : `**/${plain}`;
  let depth = 0;
  return whole.replace(/\*\*\/|\*\*?|\?|[{},]|[\\^$.+()|[\]]/g, (sign) => {
    if (sign === '{') depth++;
    if (sign === '}') depth--;
    if (sign === ',') return depth > 0 ? '|' : ',';
    return SIGNS[sign] ?? `\\${sign}`;
  });
}
