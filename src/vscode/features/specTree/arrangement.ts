/** In which order the view shows specs, and which of them: chosen by the person, kept for the workspace. */
import * as vscode from 'vscode';
import { SORTS, type Sort, SPEC_FILTERS, type SpecFilter } from '../../../core/order/arrange';
import type { Host } from '../../host';
import { COMMANDS, CONTEXT } from '../../manifest';

const SORT_WORDS: Readonly<Record<Sort, readonly [label: string, detail: string]>> = {
  name: ['Name', 'By folder and name'],
  phase: ['Phase', 'The least far first'],
  progress: ['Progress', 'The fewest tasks done first'],
  findings: ['Findings', 'The most first'],
  coverage: ['Coverage', 'The fewest criteria covered by tasks first'],
};

const FILTER_WORDS: Readonly<Record<SpecFilter, string>> = {
  all: 'All specs',
  open: 'Not done',
  done: 'Done',
  unapproved: 'Waiting for approval',
  findings: 'With findings',
  uncovered: 'With criteria that no task covers',
};

export interface Arrangement extends vscode.Disposable {
  readonly now: { readonly sort: Sort; readonly filter: SpecFilter };
  /** What the view says about it; undefined where it shows all by name. */
  words(shown: number, all: number): string | undefined;
}

const KEY = 'earshot.specs.arrangement';

export function createArrangement(host: Host, changed: () => void): Arrangement {
  const { workspaceState } = host.context;
  let now = read(workspaceState.get(KEY));
  const show = () => vscode.commands.executeCommand('setContext', CONTEXT.specFilter, now.filter !== 'all');
  void show();

  async function set(change: Partial<typeof now>): Promise<void> {
    now = { ...now, ...change };
    await Promise.all([workspaceState.update(KEY, now), show()]);
    changed();
  }

  async function chooseSort(given: unknown): Promise<void> {
    const sort = SORTS.find((each) => each === given) ?? (await pickSort(now.sort));
    if (sort !== undefined) await set({ sort });
  }

  async function chooseFilter(given: unknown): Promise<void> {
    const filter = SPEC_FILTERS.find((each) => each === given) ?? (await pickFilter(now.filter));
    if (filter !== undefined) await set({ filter });
  }

  const commands = vscode.Disposable.from(
    host.command(COMMANDS.sortSpecs, chooseSort),
    host.command(COMMANDS.filterSpecs, chooseFilter),
    host.command(COMMANDS.clearSpecFilter, () => set({ filter: 'all' })),
  );
  return {
    get now() {
      return now;
    },
    words(shown, all) {
      if (now.filter === 'all' || all === 0) return undefined;
      const what = FILTER_WORDS[now.filter].toLowerCase();
      return shown === 0 ? `No spec is left by the filter “${what}”.` : `${shown} of ${all} specs: ${what}.`;
    },
    dispose: () => commands.dispose(),
  };
}

function read(kept: unknown): { readonly sort: Sort; readonly filter: SpecFilter } {
  const { sort, filter } = (kept ?? {}) as { readonly sort?: unknown; readonly filter?: unknown };
  return {
    sort: SORTS.find((each) => each === sort) ?? 'name',
    filter: SPEC_FILTERS.find((each) => each === filter) ?? 'all',
  };
}

async function pickSort(current: Sort): Promise<Sort | undefined> {
  const items = SORTS.map((sort) => ({
    label: SORT_WORDS[sort][0],
    description: SORT_WORDS[sort][1],
    iconPath: new vscode.ThemeIcon(sort === current ? 'check' : 'blank'),
    sort,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Sort Specs By', matchOnDescription: true }))
    ?.sort;
}

async function pickFilter(current: SpecFilter): Promise<SpecFilter | undefined> {
  const items = SPEC_FILTERS.map((filter) => ({
    label: FILTER_WORDS[filter],
    iconPath: new vscode.ThemeIcon(filter === current ? 'check' : 'blank'),
    filter,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Show Specs' }))?.filter;
}
