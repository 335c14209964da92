/** What a hook of any format comes to. */
import type { JSONPath } from 'jsonc-parser';
import type { HookTree } from './hookTree';
import type { Hook, HookAction, HookCondition, Pattern } from './model';
import { ALL, type Compiled, compileGlob, compileRegex, NOTHING } from './patterns';

export const DEFAULT_TIMEOUT = 60;

/** Whose file it is. `key`: where in it the hook stands. */
export interface HookPlace {
  readonly root: string;
  readonly path: string;
}

type Written = Pick<
  Hook,
  'format' | 'name' | 'description' | 'trigger' | 'matcher' | 'condition' | 'action'
> &
  Pick<Hook, 'timeout' | 'enabled' | 'index'> &
  Partial<Pick<Hook, 'confirm' | 'schedule' | 'budget' | 'rules' | 'at'>> & {
    /** The trigger as it is written, and what else decides when it runs. */
    readonly bound: readonly unknown[];
  };

export function makeHook({ root, path }: HookPlace, { bound, ...written }: Written): Hook {
  const { name, matcher, action } = written;
  const [trigger, ...more] = bound;
  const content = [name, trigger, matcher ?? null, textOf(action), action.type, ...more];
  return {
    ...written,
    id: `${path}#${written.index}`,
    isHome: false,
    root,
    path,
    content: JSON.stringify(content),
  };
}

export function textOf(action: HookAction): string {
  return action.type === 'command' ? action.command : action.prompt;
}

/** A pattern that is refused is told at its place, and never fits. */
export function conditionOf(tree: HookTree, at: JSONPath, matcher: string | undefined): HookCondition {
  // A lone star is no regular expression, but means everything.
  if (matcher === undefined || matcher === '*' || matcher === '') return ALL;
  const compiled = compileRegex(matcher);
  if (!('why' in compiled)) return { include: [compiled], exclude: [] };
  tree.report(at, 'error', `${compiled.why} So this hook never fires.`);
  return NOTHING;
}

/** Globs; those with `!` leave out. */
export function globsOf(tree: HookTree, at: JSONPath, globs: readonly string[]): HookCondition {
  const include: Pattern[] = [];
  const exclude: Pattern[] = [];
  for (const [index, glob] of globs.entries()) {
    const out = glob.startsWith('!');
    const compiled = compileGlob(out ? glob.slice(1) : glob);
    if ('why' in compiled) tree.report([...at, index], 'error', `${compiled.why} This pattern is left out.`);
    else (out ? exclude : include).push(compiled);
  }
  // Nothing but what is left out: all the others.
  return { include: globs.every((glob) => glob.startsWith('!')) ? undefined : include, exclude };
}

/** Categories and names; those with `@` are regular expressions. */
export function toolTypesOf(tree: HookTree, at: JSONPath, types: readonly string[]): HookCondition {
  if (types.includes('*')) return ALL;
  const include = types.flatMap((type, index) => {
    const compiled: Compiled = compileRegex(type.startsWith('@') ? type : `^${escaped(type)}$`);
    if (!('why' in compiled)) return compiled;
    tree.report([...at, index], 'error', `${compiled.why} This one is left out.`);
    return [];
  });
  return { include, exclude: [] };
}

export function escaped(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    .replaceAll('\\-', '-')
    .replaceAll('\\/', '/');
}
