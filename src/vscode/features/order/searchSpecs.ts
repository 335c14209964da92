/** Finds a spec, requirement, criterion, property or task in all specs, and goes there. */
import * as vscode from 'vscode';
import { labelsOf } from '../../../core/order/names';
import { type SearchEntry, searchSpecs as search, searchEntriesOf } from '../../../core/order/search';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';

interface Item extends vscode.QuickPickItem {
  readonly entry: SearchEntry;
}

const ICONS: Readonly<Record<SearchEntry['kind'], string>> = {
  spec: 'checklist',
  requirement: 'symbol-class',
  criterion: 'law',
  property: 'symbol-property',
  task: 'tasklist',
};

/** More are not looked through by a person. */
const MOST = 200;
/** Milliseconds of reading before the editor has its turn. */
const SLICE = 12;

export async function searchSpecs({ core }: Host): Promise<void> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = 'Search Specs';
  picker.placeholder = 'Id, title, or words of a criterion or task';
  picker.busy = true;
  picker.show();
  await core.specs.ready;
  const labels = labelsOf(core.specs.all, core.specs.roots);
  const entries: SearchEntry[] = [];
  let gone = false;
  const update = () => {
    const found = search(entries, picker.value, MOST);
    picker.items = found.map((entry) => itemOf(entry, labels.get(entry.spec.path) ?? entry.spec.name));
  };
  picker.onDidChangeValue(update);
  picker.onDidHide(() => {
    gone = true;
    picker.dispose();
  });
  picker.onDidAccept(() => {
    const [picked] = picker.selectedItems;
    picker.hide();
    if (picked) void open(picked.entry);
  });
  let rested = performance.now();
  for (const spec of core.specs.all) {
    if (gone) return;
    entries.push(...searchEntriesOf(spec, labels.get(spec.path) ?? spec.name));
    if (performance.now() - rested < SLICE) continue;
    await new Promise((resolve) => setTimeout(resolve));
    rested = performance.now();
  }
  picker.busy = false;
  update();
}

function itemOf(entry: SearchEntry, spec: string): Item {
  const { kind, id, text } = entry;
  return {
    label: `$(${ICONS[kind]}) ${id === '' ? text : `${id} ${text}`}`,
    description: kind === 'spec' ? '' : `${spec} · ${kind}`,
    // The editor's own filter knows nothing of ids and specs: what was found is shown as it is.
    alwaysShow: true,
    entry,
  };
}

async function open({ spec, document: kind, offset }: SearchEntry): Promise<void> {
  const snapshot = spec.documents.find((document) => document.kind === kind);
  if (snapshot?.text === undefined) return;
  const opened = await vscode.workspace.openTextDocument(toUri(snapshot.path));
  const at = opened.positionAt(offset);
  await vscode.window.showTextDocument(opened, { selection: new vscode.Range(at, at), preview: true });
}
