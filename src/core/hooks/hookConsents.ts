/** May a hook run? Only after the person agreed to exactly this content, in exactly this workspace folder. */
import type { Consents } from '../consents';
import type { AbortSignal } from '../util/abort';
import { basename, relativePath } from '../util/path';
import type { Hook } from './model';

export interface HookConsents {
  /** As far as is known without asking. */
  isAgreed(hook: Hook): boolean;
  /** The person said no to this content since the start: it is not asked again unless the person begins. */
  isDeclined(hook: Hook): boolean;
  /** Learns what was agreed to before, here or elsewhere. */
  learn(hooks: readonly Hook[]): Promise<void>;
  /** Asks unless the person has agreed; `quiet` when an event asks and not the person. */
  ask(hook: Hook, signal?: AbortSignal, quiet?: boolean): Promise<boolean>;
}

export function createHookConsents(consents: Consents): HookConsents {
  const agreed = new Set<string>();
  const declined = new Set<string>();
  const keyOf = ({ root, content }: Hook) => JSON.stringify([root, content]);
  return {
    isAgreed: (hook) => agreed.has(keyOf(hook)),
    isDeclined: (hook) => declined.has(keyOf(hook)),
    async learn(hooks) {
      for (const hook of hooks)
        if (await consents.has('hook', hook.root, hook.content)) agreed.add(keyOf(hook));
    },
    async ask(hook, signal, quiet = false) {
      const key = keyOf(hook);
      if (agreed.has(key)) return true;
      const yes = await consents.obtain(
        'hook',
        hook.root,
        hook.content,
        { ...questionOf(hook), quiet },
        signal,
      );
      (yes ? agreed : declined).add(key);
      if (yes) declined.delete(key);
      return yes;
    },
  };
}

function questionOf({ name, trigger, matcher, action, root, path }: Hook) {
  const what = action.type === 'command' ? action.command : action.prompt;
  const when =
    trigger === 'Manual'
      ? 'when you start it'
      : `on ${trigger}${matcher === undefined ? '' : ` of ${matcher}`}`;
  return {
    title: `Let the hook “${name}” run?`,
    detail: `It runs ${when}:\n\n${what}\n\nFrom ${relativePath(root, path) ?? basename(path)}. If it changes, you are asked again.`,
    answers: [{ id: 'yes', label: 'Let It Run' }],
  };
}
