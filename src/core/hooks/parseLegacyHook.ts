/** Reads `.kiro/hooks/*.kiro.hook`, the format of Kiro 0.x, with the mistakes that real files have. */
import * as z from 'zod';
import { type HookTree, reportIssues } from './hookTree';
import { conditionOf, DEFAULT_TIMEOUT, globsOf, type HookPlace, makeHook, toolTypesOf } from './makeHook';
import type { Hook, HookAction } from './model';
import { ALL } from './patterns';
import { isFileTrigger, isToolTrigger, LEGACY_NAMES, legacyTrigger, triggerOf } from './triggers';
import { tellUnusedKeys } from './unusedKeys';

const timeout = z.number().min(0).optional();
const words = z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional();

export const legacySchema = z.looseObject({
  enabled: z.boolean().optional(),
  name: z.string().min(1),
  description: z.string().optional(),
  when: z.looseObject({ type: z.string(), patterns: words, toolTypes: words }),
  timeout,
});

export const legacyActSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('askAgent'), prompt: z.string().min(1), timeout }),
  z.looseObject({ type: z.literal('runCommand'), command: z.string().min(1), timeout }),
]);

export function isLegacyPath(path: string): boolean {
  return path.endsWith('.kiro.hook');
}

/** One hook, or none with the reason told. */
export function parseLegacyHook(place: HookPlace, tree: HookTree): readonly Hook[] {
  const parsed = legacySchema.safeParse(tree.value());
  const acts = legacyActSchema.safeParse(tree.value('then'));
  if (!parsed.success) reportIssues(tree, [], parsed.error);
  if (!acts.success) reportIssues(tree, ['then'], acts.error, 'then');
  if (!parsed.success || !acts.success) return [];
  tellUnusedKeys(tree, []);
  const { name, description, enabled = true, when } = parsed.data;
  const act = acts.data;
  const trigger = readTrigger(tree, when.type);
  const action: HookAction =
    act.type === 'askAgent'
      ? { type: 'agent', prompt: act.prompt }
      : { type: 'command', command: act.command };
  const matcher = (isToolTrigger(trigger) ? when.toolTypes : when.patterns)?.join(', ');
  return [
    makeHook(place, {
      format: '0.x',
      index: 0,
      name,
      description,
      trigger,
      matcher: isToolTrigger(trigger) || isFileTrigger(trigger) ? matcher : undefined,
      condition: condition(tree, trigger, when),
      action,
      timeout: parsed.data.timeout ?? act.timeout ?? DEFAULT_TIMEOUT,
      enabled,
      bound: [when.type, when.patterns ?? null, when.toolTypes ?? null],
    }),
  ];
}

function condition(
  tree: HookTree,
  trigger: string,
  { patterns, toolTypes }: z.infer<typeof legacySchema>['when'],
) {
  if (isFileTrigger(trigger) && patterns) return globsOf(tree, ['when', 'patterns'], patterns);
  if (isToolTrigger(trigger) && toolTypes) return toolTypesOf(tree, ['when', 'toolTypes'], toolTypes);
  if (patterns && !isToolTrigger(trigger) && triggerOf(trigger))
    tree.report(
      ['when', 'patterns'],
      'warning',
      `Patterns mean nothing to ${trigger}: no file fires this hook. To have files fire it, write “fileEdited”.`,
    );
  return isToolTrigger(trigger) && patterns ? conditionOf(tree, ['when', 'patterns'], patterns[0]) : ALL;
}

function readTrigger(tree: HookTree, written: string): string {
  const known = legacyTrigger(written);
  const right = known?.right ?? (known ? undefined : triggerOf(written));
  if (right !== undefined)
    tree.report(
      ['when', 'type'],
      'warning',
      `“${written}” is no trigger of 0.x, and Kiro does not fire it. Earshot takes it for “${known?.trigger ?? right}”${known ? `; write “${right}”` : ''}.`,
    );
  else if (!known)
    tree.report(
      ['when', 'type'],
      'warning',
      `“${written}” is no trigger, so this hook never fires. Known: ${LEGACY_NAMES.join(', ')}.`,
    );
  return known?.trigger ?? right ?? written;
}
