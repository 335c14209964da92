/** Hooks in the file of a custom agent (`"hooks": {"preToolUse": [{"matcher", "command"}]}`): its sessions alone fire them. */
import * as z from 'zod';
import type { AgentProfile } from '../agent/profiles/model';
import { type HookTree, readTree, reportIssues } from './hookTree';
import { conditionOf, type HookPlace, makeHook } from './makeHook';
import type { Hook, HookFile } from './model';
import { readHook } from './parseHooks';
import { legacyTrigger, triggerOf } from './triggers';
import { tellUnusedKeys } from './unusedKeys';

const entrySchema = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  matcher: z.string().optional(),
  command: z.string().min(1),
  timeout_ms: z.number().min(0).optional(),
});

/** Of the command line of Kiro 2. */
const AGENT_TIMEOUT = 30;

/** @param root The workspace folder that they run in */
export function hooksOfAgent(
  root: string,
  { path, hooks, name }: Pick<AgentProfile, 'path' | 'hooks' | 'name'>,
): readonly Hook[] {
  return parseAgentHooks(root, path, hooks).hooks.map((hook) => ({ ...hook, agent: name }));
}

/**
 * @param root The workspace folder that they run in
 * @param hooks What the agent's file has for `hooks`; undefined: nothing
 * @param text That file where it is JSON, so that problems name their places
 */
export function parseAgentHooks(root: string, path: string, hooks: unknown, text?: string): HookFile {
  if (hooks === undefined || hooks === null) return { path, hooks: [], problems: [] };
  const written = readTree(path, text ?? '');
  const isPlaced = !('message' in written);
  const tree = isPlaced ? written : readTree(path, JSON.stringify({ hooks }));
  if ('message' in tree) return { path, hooks: [], problems: [tree], isBroken: true };
  const found = read({ root, path }, tree, hooks);
  // Places in a text that nobody sees are none.
  const problems = isPlaced
    ? tree.problems
    : tree.problems.map((problem) => ({ ...problem, range: { start: 0, end: 0 } }));
  return { path, hooks: found, problems };
}

function read(place: HookPlace, tree: HookTree, hooks: unknown): readonly Hook[] {
  if (Array.isArray(hooks))
    return hooks.flatMap((value: unknown, index) => readHook(place, tree, value, index, 'agent') ?? []);
  if (typeof hooks !== 'object' || hooks === null) {
    tree.report(['hooks'], 'error', 'Hooks of an agent are an object: its triggers, each with a list.');
    return [];
  }
  const found = Object.entries(hooks).flatMap(([trigger, value]: [string, unknown]) =>
    entriesOf(place, tree, trigger, value),
  );
  // Numbered over all triggers: an id is one within the file.
  return found.map((hook, index) => ({ ...hook, index, id: `${place.path}#${index}` }));
}

function entriesOf(place: HookPlace, tree: HookTree, written: string, value: unknown): readonly Hook[] {
  const trigger = triggerOf(written) ?? legacyTrigger(written)?.trigger;
  if (!trigger) {
    const message = `“${written}” is no trigger, so what stands here never fires.`;
    tree.report(['hooks', written], 'warning', message);
  }
  const isList = Array.isArray(value);
  const entries: readonly unknown[] = isList ? value : [value];
  return entries.flatMap((entry, number) => {
    const at = isList ? ['hooks', written, number] : ['hooks', written];
    const parsed = entrySchema.safeParse(typeof entry === 'string' ? { command: entry } : entry);
    if (!parsed.success) {
      reportIssues(tree, at, parsed.error);
      return [];
    }
    tellUnusedKeys(tree, at);
    const { name, description, matcher, command, timeout_ms } = parsed.data;
    return makeHook(place, {
      format: 'agent',
      index: number,
      name: name ?? `${written}: ${command.slice(0, 60)}`,
      description,
      trigger: trigger ?? written,
      matcher,
      condition: conditionOf(tree, [...at, 'matcher'], matcher),
      action: { type: 'command', command },
      timeout: timeout_ms === undefined ? AGENT_TIMEOUT : timeout_ms / 1000,
      enabled: true,
      at,
      bound: [written],
    });
  });
}
