/** Keys that mean something elsewhere and nothing here: said at their line, so that nobody counts on them. */
import type { JSONPath } from 'jsonc-parser';
import type { HookTree } from './hookTree';

interface UnusedKey {
  /** Below the hook. */
  readonly at: readonly string[];
  readonly instead: string;
}

/** Of all formats: they are copied from one to the other. */
const KEYS: readonly UnusedKey[] = [
  {
    at: ['confirm', 'confirmCommand'],
    instead: 'you are asked each time, and no command decides whether to.',
  },
  { at: ['when', 'debounceMs'], instead: 'what is saved together is one run in any case.' },
  { at: ['cache_ttl_seconds'], instead: 'the command runs each time.' },
  { at: ['max_output_size'], instead: 'the beginning and the end of what is printed are kept.' },
];

/** @param at where the hook stands */
export function tellUnusedKeys(tree: HookTree, at: JSONPath): void {
  for (const { at: key, instead } of KEYS) {
    const value = tree.value(...at, ...key);
    // Zero says that nothing is wanted.
    if (value === undefined || value === 0) continue;
    tree.report([...at, ...key], 'warning', `“${key.at(-1)}” has no effect here: ${instead}`);
  }
}

/** Triggers that say nothing a matcher could be tested against. */
const WITHOUT_SUBJECT = new Set(['SessionStart', 'Stop', 'Manual', 'OnCheckpointRestore']);

/** Of a hook of v1. */
export function tellUnusedWhen(
  tree: HookTree,
  at: JSONPath,
  trigger: string,
  { matcher, schedule }: { readonly matcher?: string | undefined; readonly schedule?: string | undefined },
): void {
  if (WITHOUT_SUBJECT.has(trigger) && matcher !== undefined && matcher !== '' && matcher !== '*')
    tree.report([...at, 'matcher'], 'warning', `“matcher” has no effect here: ${trigger} always fits.`);
  if (schedule !== undefined && trigger !== 'OnSchedule')
    tree.report([...at, 'schedule'], 'warning', '“schedule” has no effect here: it is for OnSchedule alone.');
}
