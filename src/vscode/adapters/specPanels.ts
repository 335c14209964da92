/** Panels of which each spec has one: found again instead of opened twice, and restored after a reload of the window. */
import * as vscode from 'vscode';
import type { Spec } from '../../core/spec/model';
import type { Host } from '../host';
import { webviewOptions } from './webview';

export interface SpecPanels<Shown> extends vscode.Disposable {
  /** Brings the panel of a spec to the front; opens it where there is none. */
  open(spec: Spec): Promise<Shown>;
}

export interface SpecPanelKind<Shown> {
  readonly viewType: string;
  titleOf(spec: string): string;
  /** Fills a panel. It is told when the panel is gone by `panel.onDidDispose`. */
  attach(panel: vscode.WebviewPanel, spec: string): Shown;
}

export function createSpecPanels<Shown>(
  { context, core }: Host,
  { viewType, titleOf, attach }: SpecPanelKind<Shown>,
): SpecPanels<Shown> {
  const panels = new Map<string, { readonly panel: vscode.WebviewPanel; readonly shown: Shown }>();

  function fill(panel: vscode.WebviewPanel, spec: string): Shown {
    const icon = (theme: string) =>
      vscode.Uri.joinPath(context.extensionUri, 'media', `earshot-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const entry = { panel, shown: attach(panel, spec) };
    panels.set(spec, entry);
    panel.onDidDispose(() => panels.get(spec) === entry && panels.delete(spec));
    return entry.shown;
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

  const serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      await core.specs.ready;
      const kept = (state as { spec?: unknown } | null)?.spec;
      const found = typeof kept === 'string' ? (core.specs.get(kept) ?? core.specs.find(kept)) : undefined;
      if (!found) return panel.dispose();
      panel.webview.options = webviewOptions(context);
      fill(panel, found.path);
    },
  });

  return {
    async open(spec) {
      const existing = panels.get(spec.path);
      if (existing) {
        existing.panel.reveal();
        return existing.shown;
      }
      const title = titleOf(spec.name);
      await closeSleeping(title);
      const options = { ...webviewOptions(context), retainContextWhenHidden: true, enableFindWidget: false };
      return fill(
        vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, options),
        spec.path,
      );
    },
    dispose() {
      serializer.dispose();
      for (const { panel } of [...panels.values()]) panel.dispose();
    },
  };
}
