/** The first step of a new spec: the idea, typed, and the way to start, chosen. Enter takes the usual one. */
import * as vscode from 'vscode';
import { START_KINDS, type StartKind } from '../../../core/workflow/beginnings/start';
import { DEMO_IDEA } from '../../adapters/demoState';
import { readSetting } from '../../adapters/settings';
import type { Host } from '../../host';
import { type From, fromClipboard, fromSelection, pickFile } from './specSources';

export interface Start {
  readonly idea: string;
  /** `task`: no spec, the agent does it at once. */
  readonly kind: StartKind | 'task';
  readonly from: From | undefined;
}

interface Item extends vscode.QuickPickItem {
  readonly start?: StartKind | 'task';
  readonly source?: () => Promise<From | undefined> | From | undefined;
}

const WAYS: Readonly<Record<StartKind | 'task', Item>> = {
  requirements: {
    label: '$(checklist) Requirements first',
    description: 'What it must do, then the design, then tasks',
  },
  design: {
    label: '$(symbol-structure) Design first',
    description: 'How it is built, then what it must do, then tasks',
  },
  quick: { label: '$(zap) Quick spec', description: 'A few questions, then all three documents in one pass' },
  bugfix: { label: '$(bug) Bug fix', description: 'What goes wrong, its cause, tests before the fix' },
  task: { label: '$(play) Single task', description: 'No spec: the agent does it at once' },
};

const SOURCES: readonly Item[] = [
  { label: '', kind: vscode.QuickPickItemKind.Separator },
  { label: '$(selection) From the selection', source: fromSelection },
  {
    label: '$(clippy) From the clipboard',
    description: 'The text of an issue, a message, a page',
    source: fromClipboard,
  },
  { label: '$(file) From a file…', source: () => pickFile('text') },
  { label: '$(file-media) From a picture…', source: () => pickFile('picture') },
  {
    label: '$(code) From existing code…',
    description: 'Its requirements, each with the line that shows it',
    source: () => pickFile('code'),
  },
];

/** Undefined when the person turned away. */
export async function askStart(host: Host, given: From | undefined, idea = ''): Promise<Start | undefined> {
  const picked = await pick(host, given, idea);
  if (!picked) return undefined;
  const { item, value } = picked;
  if (item.source) {
    const from = await item.source();
    return from ? askStart(host, from, value) : undefined;
  }
  return {
    idea: value === '' ? (given?.idea ?? '') : value,
    kind: item.start ?? 'requirements',
    from: given,
  };
}

function pick(
  { demo }: Host,
  given: From | undefined,
  idea: string,
): Promise<{ readonly item: Item; readonly value: string } | undefined> {
  const box = vscode.window.createQuickPick<Item>();
  const words = given ? `New Spec from ${given.label}` : 'New Spec';
  box.title = demo.active ? `${words} (rehearsed demo: press Enter)` : words;
  box.placeholder = given
    ? 'What of it? Leave empty for all of it'
    : 'The idea, in a sentence: short links expire after a number of days';
  box.value = demo.active && idea === '' ? DEMO_IDEA : idea;
  box.ignoreFocusOut = true;
  box.items = itemsFor(demo.active, given);
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      const [item] = box.selectedItems;
      const value = box.value.trim();
      if (!item) return;
      // Without an idea there is nothing to start from.
      if (!item.source && value === '' && !given) {
        box.placeholder = 'Type the idea first, in a sentence';
        return;
      }
      resolve({ item, value });
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

/** Whatever is typed is the idea: it must not filter the ways to start. */
function itemsFor(demo: boolean, given: From | undefined): readonly Item[] {
  const usual = usualKind();
  const order = [usual, ...START_KINDS.filter((kind) => kind !== usual)];
  const kinds = given?.start.code ? (['requirements'] as const) : ([...order, 'task'] as const);
  const ways = (demo ? (['requirements'] as const) : kinds).map((start) => ({
    ...WAYS[start],
    start,
    alwaysShow: true,
  }));
  const hasSelection = vscode.window.activeTextEditor?.selection.isEmpty === false;
  const sources = SOURCES.filter(({ source }) => source !== fromSelection || hasSelection);
  return given || demo ? ways : [...ways, ...sources.map((each) => ({ ...each, alwaysShow: true }))];
}

function usualKind(): StartKind {
  const kinds: Readonly<Record<string, StartKind>> = {
    'requirements-first': 'requirements',
    'design-first': 'design',
    quick: 'quick',
  };
  return kinds[readSetting<string>('defaultWorkflow') ?? ''] ?? 'requirements';
}
