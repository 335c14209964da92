/** Rows of the Hooks view: hooks by whose they are, files that cannot be read, and what was not fired. */
import * as vscode from 'vscode';
import type { Hook, HookNotice, HookProblem, HookRun } from '../../../core/hooks/model';
import { LEFT_TO_KIRO } from '../../../core/hooks/triggers';
import { isInside } from '../../../core/util/path';
import { toPath } from '../../adapters/paths';
import type { Host } from '../../host';
import { type Need, needOf } from './needs';
import type { HookFacts, HookState } from './words';

export type Row =
  | { readonly type: 'note'; readonly text: string; readonly command?: 'migrate' | 'managed' }
  | { readonly type: 'group'; readonly label: string; readonly about: string; readonly rows: readonly Row[] }
  | { readonly type: 'hook'; readonly hook: Hook }
  | { readonly type: 'detail'; readonly hook: Hook; readonly what: 'when' | 'does' | 'forbidden' }
  | { readonly type: 'need'; readonly hook: Hook; readonly need: Need }
  | { readonly type: 'run'; readonly hook: Hook; readonly run: HookRun }
  | { readonly type: 'broken'; readonly path: string; readonly problems: readonly HookProblem[] }
  | { readonly type: 'notFired'; readonly notices: readonly HookNotice[] }
  | { readonly type: 'notice'; readonly notice: HookNotice }
  | { readonly type: 'file'; readonly root: string; readonly file: string };

/** Runs below a hook. */
const MOST_RUNS = 10;

export function topRows({ core: { hooks, ports } }: Host): readonly Row[] {
  const all = distinct([...hooks.all, ...hooks.ofAgents]);
  const notices = [...hooks.suppressed, ...hooks.dropped].sort((a, b) => b.at - a.at);
  const groups = groupsOf(all, hooks.problems);
  const rows = groups.length > 1 ? groups : groups.flatMap((group) => group.rows);
  if (rows.length === 0) return [];
  const note = hooks.off ?? (all.some(hooks.isLeft) ? LEFT_TO_KIRO : undefined);
  const isManaged = hooks.off !== undefined && ports.administration?.policy?.hooks === 'off';
  const older = all.filter(({ format }) => format === '0.x').length;
  return [
    ...(note === undefined ? [] : [noteRow(note, isManaged)]),
    ...rows,
    ...(older > 0
      ? [
          {
            type: 'note',
            text: `${older} in the format of Kiro 0.x: migrate…`,
            command: 'migrate',
          } as const,
        ]
      : []),
    ...(notices.length > 0 ? [{ type: 'notFired', notices } as const] : []),
  ];
}

function noteRow(text: string, isManaged: boolean): Row {
  return { type: 'note', text, ...(isManaged ? { command: 'managed' } : {}) };
}

export function rowsBelow({ core }: Host, row: Row): readonly Row[] {
  const { hooks, ports } = core;
  switch (row.type) {
    case 'group':
      return row.rows;
    case 'hook': {
      const { hook } = row;
      const runs = hooks.runs(hook.id).slice(0, MOST_RUNS);
      const forbidden = ports.administration?.hookVerdict(hook) !== undefined;
      const need = needOf({ core }, hook.id);
      return [
        ...(need ? [{ type: 'need', hook, need } as const] : []),
        ...(forbidden ? [{ type: 'detail', hook, what: 'forbidden' } as const] : []),
        { type: 'detail', hook, what: 'when' },
        { type: 'detail', hook, what: 'does' },
        ...warningRows(hooks, hook),
        ...runs.map((run): Row => ({ type: 'run', hook, run })),
      ];
    }
    case 'notFired':
      return row.notices.map((notice): Row => ({ type: 'notice', notice }));
    case 'notice': {
      const root = hooks.all.find(({ name }) => row.notice.hooks.includes(name))?.root ?? folders()[0] ?? '';
      return row.notice.files.map((file): Row => ({ type: 'file', root, file }));
    }
    default:
      return [];
  }
}

/** What is only a warning of the hook's file, below the first hook of it. */
export function warningRows(
  { all, problems }: Pick<Host['core']['hooks'], 'all' | 'problems'>,
  { path, id }: Hook,
): readonly Extract<Row, { type: 'broken' }>[] {
  const own = problems.filter((each) => each.path === path);
  const isFirst = all.find((each) => each.path === path)?.id === id;
  if (!isFirst || own.length === 0 || own.some(({ severity }) => severity === 'error')) return [];
  return [{ type: 'broken', path, problems: own }];
}

export function factsOf({ core }: Pick<Host, 'core'>, hook: Hook): HookFacts {
  const { hooks } = core;
  const last = hooks.lastRun(hook.id);
  const heldBack = [...hooks.suppressed, ...hooks.dropped].find(
    (notice) => notice.hooks.includes(hook.name) && notice.at > (last?.at ?? 0),
  );
  return { state: stateOf({ core }, hook), last, heldBack };
}

function stateOf({ core }: Pick<Host, 'core'>, hook: Hook): HookState {
  const { hooks, ports } = core;
  if (needOf({ core }, hook.id)) return 'needsYou';
  if (hooks.isRunning(hook.id)) return 'running';
  if (ports.administration?.hookVerdict(hook) !== undefined) return 'forbidden';
  if (!hook.enabled) return 'off';
  if (hooks.off !== undefined) return 'held';
  if (hooks.isLeft(hook)) return 'leftToKiro';
  return hooks.isAgreed(hook.id) ? 'on' : 'notAgreed';
}

function groupsOf(
  all: readonly Hook[],
  problems: readonly HookProblem[],
): readonly Extract<Row, { type: 'group' }>[] {
  const roots = folders();
  const inRoot = (root: string) => (path: string) => isInside(root, path);
  const isHome = (path: string) => !roots.some((root) => isInside(root, path));
  const group = (label: string, about: string, hooks: readonly Hook[], has: (path: string) => boolean) => {
    // One that is read, with warnings, has its row already: they stand below it.
    const isRead = (path: string) =>
      hooks.some((hook) => hook.path === path) &&
      problems.every((each) => each.path !== path || each.severity !== 'error');
    const broken = [...new Set(problems.map(({ path }) => path))].filter(
      (path) => has(path) && !isRead(path),
    );
    const rows: readonly Row[] = [
      ...hooks.map((hook): Row => ({ type: 'hook', hook })),
      ...broken.map(
        (path): Row => ({ type: 'broken', path, problems: problems.filter((each) => each.path === path) }),
      ),
    ];
    return { type: 'group', label, about, rows } as const;
  };
  const agents = all.filter(({ format }) => format === 'agent');
  const brought = all.filter(({ power }) => power !== undefined);
  const plain = all.filter(({ format, power }) => format !== 'agent' && power === undefined);
  return [
    ...roots.map((root) =>
      group(
        roots.length > 1 ? (root.split('/').at(-1) ?? root) : 'This workspace',
        '.kiro/hooks',
        plain.filter((hook) => hook.root === root && !hook.isHome),
        inRoot(root),
      ),
    ),
    group(
      'Your own',
      'in every workspace',
      plain.filter(({ isHome: own }) => own),
      isHome,
    ),
    group('Of powers', 'installed with them', brought, () => false),
    group('Of agents', 'in their sessions alone', agents, () => false),
  ].filter(({ rows }) => rows.length > 0);
}

/** What is one's own holds in each folder, and is one row. */
function distinct(all: readonly Hook[]): readonly Hook[] {
  const seen = new Set<string>();
  return all.filter(({ path, index }) => {
    const key = `${path}#${index}`;
    return !seen.has(key) && seen.add(key);
  });
}

export function folders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => toPath(uri));
}
