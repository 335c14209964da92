/** Panels of which each spec has one: found again instead of opened twice, restored after a reload, and following a rename. */
import * as vscode from 'vscode';
import type { Spec } from '../../core/spec/model';
import { basename } from '../../core/util/path';
import type { Host } from '../host';
import { webviewOptions } from './webview';

export interface SpecPanels<Shown> extends vscode.Disposable {
  /** Brings the panel of a spec to the front; opens it where there is none. */
  open(spec: Spec): Promise<Shown>;
}

/** Where the spec of a panel lies now. */
export interface SpecPlace {
  readonly path: string;
}

export interface SpecPanelKind<Shown> {
  readonly viewType: string;
  titleOf(spec: string): string;
  /** Fills a panel. It is told when the panel is gone by `panel.onDidDispose`. */
  attach(panel: vscode.WebviewPanel, spec: SpecPlace): Shown;
}

interface Entry<Shown> {
  readonly panel: vscode.WebviewPanel;
  readonly place: { path: string };
  /** The id of the spec, as long as it was there. */
  id: string | undefined;
  readonly shown: Shown;
}

export function createSpecPanels<Shown>(
  { context, core }: Host,
  { viewType, titleOf, attach }: SpecPanelKind<Shown>,
): SpecPanels<Shown> {
  const panels = new Set<Entry<Shown>>();
  const panelOf = (path: string) => [...panels].find(({ place }) => place.path === path);

  function fill(panel: vscode.WebviewPanel, { path, specId }: Spec): Shown {
    const icon = (theme: string) =>
      vscode.Uri.joinPath(context.extensionUri, 'media', `earshot-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const place = { path };
    const entry = { panel, place, id: specId, shown: attach(panel, place) };
    panels.add(entry);
    panel.onDidDispose(() => panels.delete(entry));
    return entry.shown;
  }

  function move(entry: Entry<Shown>, to: string): void {
    entry.place.path = to;
    entry.panel.title = titleOf(basename(to));
  }

  /** Before the panels look at what changed: one that was renamed by hand is known by its id. */
  function followIds(): void {
    for (const entry of panels) {
      const spec = core.specs.get(entry.place.path);
      if (spec) entry.id = spec.specId;
      else if (entry.id !== undefined) {
        const [same, ...more] = core.specs.all.filter(({ specId }) => specId === entry.id);
        if (same && more.length === 0 && !panelOf(same.path)) move(entry, same.path);
      }
    }
  }

  /** A panel that was restored in the background sleeps until it is shown: the new one takes its place. */
  async function closeSleeping(title: string): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const sleeping = tabs.filter(
      ({ input, label }) =>
        label === title && input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType),
    );
    await vscode.window.tabGroups.close(sleeping);
  }

  const subscriptions = vscode.Disposable.from(
    core.specs.onDidChange(followIds),
    core.specs.onDidMove(({ from, to }) => {
      const entry = panelOf(from);
      if (entry) move(entry, to);
    }),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel, state: unknown) {
        await core.specs.ready;
        const kept = (state as { spec?: unknown } | null)?.spec;
        const found = typeof kept === 'string' ? (core.specs.get(kept) ?? core.specs.find(kept)) : undefined;
        if (!found) return panel.dispose();
        panel.webview.options = webviewOptions(context);
        fill(panel, found);
      },
    }),
  );

  return {
    async open(spec) {
      const existing = panelOf(spec.path);
      if (existing) {
        existing.panel.reveal();
        return existing.shown;
      }
      const title = titleOf(spec.name);
      await closeSleeping(title);
      const options = { ...webviewOptions(context), retainContextWhenHidden: true, enableFindWidget: false };
      return fill(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, options), spec);
    },
    dispose() {
      subscriptions.dispose();
      for (const { panel } of [...panels]) panel.dispose();
    },
  };
}
