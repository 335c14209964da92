/**
 * Reads `.kiro/hooks/*.json`, version v1 (kiro.dev's hooks pages, September 2026), and hands files of 0.x to their own
 * reader. One bad hook does not take the others of its file with it; every problem names its place.
 */
import { hookSchema, type WrittenHook } from './hookSchema';
import { type HookTree, readTree, reportIssues } from './hookTree';
import { conditionOf, DEFAULT_TIMEOUT, type HookPlace, makeHook } from './makeHook';
import { type Hook, type HookFile, TRIGGERS } from './model';
import { isLegacyPath, parseLegacyHook } from './parseLegacyHook';
import { ALL } from './patterns';
import { parseSchedule } from './schedule';
import { legacyTrigger, triggerOf } from './triggers';
import { tellUnusedKeys, tellUnusedWhen } from './unusedKeys';

/** Never throws; what cannot be read is a problem of the file. */
export function parseHooks(root: string, path: string, text: string): HookFile {
  const tree = readTree(path, text);
  if ('message' in tree) return { path, hooks: [], problems: [tree], isBroken: true };
  const { problems } = tree;
  if (isLegacyPath(path)) return { path, hooks: parseLegacyHook({ root, path }, tree), problems };
  if (tree.value('version') !== 'v1') {
    tree.report(['version'], 'error', 'A hook file needs "version": "v1". No hook of this file runs.');
    return { path, hooks: [], problems };
  }
  const list = tree.value('hooks');
  if (!Array.isArray(list)) {
    tree.report(['hooks'], 'error', 'A hook file needs "hooks": [ … ].');
    return { path, hooks: [], problems };
  }
  const hooks = list.flatMap((value: unknown, index) => readHook({ root, path }, tree, value, index) ?? []);
  return { path, hooks, problems };
}

/** Also for a hook of an agent's file that is written like these. */
export function readHook(
  place: HookPlace,
  tree: HookTree,
  value: unknown,
  index: number,
  format: Hook['format'] = 'v1',
): Hook | undefined {
  const at = ['hooks', index];
  const parsed = hookSchema.safeParse(value);
  if (!parsed.success) {
    reportIssues(tree, at, parsed.error);
    return undefined;
  }
  const { name, description, action, enabled = true } = parsed.data;
  const trigger = readTrigger(tree, index, parsed.data.trigger);
  tellUnusedKeys(tree, at);
  tellUnusedWhen(tree, at, trigger, parsed.data);
  return makeHook(place, {
    format,
    index,
    name,
    description,
    trigger,
    ...whenOf(tree, index, trigger, parsed.data),
    action:
      action.type === 'command'
        ? { type: 'command', command: action.command }
        : { type: 'agent', prompt: action.prompt },
    // Some files of the wild have it in the action.
    timeout: parsed.data.timeout ?? action.timeout ?? DEFAULT_TIMEOUT,
    enabled,
    ...confirmOf(tree, index, trigger, parsed.data),
    ...budgetOf(tree, index, parsed.data),
    ...rulesOf(tree, index, parsed.data),
    // What was agreed to before there were budgets stays agreed to.
    bound: [
      parsed.data.trigger,
      ...(parsed.data.budget === undefined ? [] : [{ budget: parsed.data.budget }]),
      ...(parsed.data.permissions === undefined ? [] : [{ permissions: parsed.data.permissions }]),
      ...(parsed.data.confirm === undefined ? [] : [{ confirm: parsed.data.confirm }]),
    ],
  });
}

function whenOf(tree: HookTree, index: number, trigger: string, { matcher, schedule: written }: WrittenHook) {
  if (trigger !== 'OnSchedule')
    return { matcher, condition: conditionOf(tree, ['hooks', index, 'matcher'], matcher) };
  const when = written ?? matcher;
  const schedule = parseSchedule(when ?? '');
  if (schedule) return { matcher: when, condition: ALL, schedule };
  const key = written === undefined ? 'matcher' : 'schedule';
  const message = 'A hook on a schedule needs "schedule": "30m", "2h" or "09:00". It never fires.';
  tree.report(['hooks', index, key], 'error', message);
  return { matcher: when, condition: ALL };
}

function confirmOf(
  tree: HookTree,
  index: number,
  trigger: string,
  { confirm, action }: WrittenHook,
): Pick<Hook, 'confirm'> {
  if (!confirm) return {};
  if (trigger === 'Stop' && action.type === 'command')
    return { confirm: { question: confirm.question, options: confirm.options.map(optionOf) } };
  const message = 'Only a command on Stop asks first: “confirm” means nothing here.';
  tree.report(['hooks', index, 'confirm'], 'warning', message);
  return {};
}

function budgetOf(tree: HookTree, index: number, { budget, action }: WrittenHook): Pick<Hook, 'budget'> {
  if (budget === undefined) return {};
  if (action.type === 'agent') return { budget };
  const message = 'Only an agent costs something: “budget” means nothing for a command.';
  tree.report(['hooks', index, 'budget'], 'warning', message);
  return {};
}

function rulesOf(tree: HookTree, index: number, { permissions, action }: WrittenHook): Pick<Hook, 'rules'> {
  if (permissions === undefined) return {};
  if (action.type === 'command') {
    const message =
      'Only an agent is held by rules: “permissions” means nothing for a command, which runs as you agreed to it.';
    tree.report(['hooks', index, 'permissions'], 'warning', message);
    return {};
  }
  return {
    rules: permissions.rules.map(({ capability, effect, match = ['**'], exclude = [] }) => ({
      capability,
      effect,
      match,
      exclude,
    })),
  };
}

function optionOf({
  id,
  label,
  run,
  continueReason,
}: NonNullable<WrittenHook['confirm']>['options'][number]) {
  return { id, label, run, ...(continueReason === undefined ? {} : { continueReason }) };
}

function readTrigger(tree: HookTree, index: number, written: string): string {
  const known = triggerOf(written);
  if (known) return known;
  const legacy = legacyTrigger(written);
  tree.report(
    ['hooks', index, 'trigger'],
    'warning',
    legacy
      ? `“${written}” is a name of 0.x, and Kiro leaves the hook out. Write “${legacy.trigger}”.`
      : `“${written}” is no trigger, so this hook never fires. Known: ${TRIGGERS.join(', ')}.`,
  );
  return legacy?.trigger ?? written;
}
