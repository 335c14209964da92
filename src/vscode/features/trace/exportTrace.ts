/** Writes the trace where the person says: the same reports that `earshot trace` prints. */
import * as vscode from 'vscode';
import { later } from '../../../core/later';
import type { Spec } from '../../../core/spec/model';
import type { TraceGraph } from '../../../core/trace/model';
import { joinPath } from '../../../core/util/path';
import { toPath, toUri } from '../../adapters/paths';
import type { Host } from '../../host';

type Format = 'html' | 'md' | 'json';

const FILTERS = { 'Web page': ['html'], Markdown: ['md'], JSON: ['json'] };

export async function exportTrace({ core }: Host, spec: Spec): Promise<void> {
  const chosen = await vscode.window.showSaveDialog({
    title: `Export the Trace of ${spec.name}`,
    defaultUri: toUri(joinPath(spec.root, `trace-${spec.name}.html`)),
    filters: FILTERS,
    saveLabel: 'Export',
  });
  if (!chosen) return;
  const graph = await core.trace.graph(spec);
  await core.ports.files.writeText(toPath(chosen), await textOf(graph, formatOf(chosen.path)));
  const open = 'Open';
  const told = `The trace of ${spec.name} was written to ${vscode.workspace.asRelativePath(chosen)}.`;
  if ((await vscode.window.showInformationMessage(told, open)) === open)
    await vscode.commands.executeCommand('vscode.open', chosen);
}

function formatOf(path: string): Format {
  if (/\.json$/i.test(path)) return 'json';
  return /\.(?:md|markdown)$/i.test(path) ? 'md' : 'html';
}

async function textOf(graph: TraceGraph, format: Format): Promise<string> {
  if (format === 'json') return `${JSON.stringify([graph], undefined, 2)}\n`;
  const { htmlTrace, markdownTrace } = await later.traceReport();
  return format === 'md' ? markdownTrace(graph) : htmlTrace([graph]);
}
