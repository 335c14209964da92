/** Problems of a file beside the documents of specs, told while it or what it belongs to is open. */
import * as vscode from 'vscode';
import { weigh } from '../../../core/lint/lint';
import type { Finding, Spec } from '../../../core/spec/model';
import { dirname, joinPath } from '../../../core/util/path';
import { toDiagnostics } from '../../adapters/diagnostics';
import { toPath, toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { ruleLink } from './rulePages';

export interface BesideFile {
  /** In a spec's folder. */
  readonly name: string;
  /** The files of the folder of which one must be open. */
  readonly openedBy: readonly string[];
  readonly findings: (text: string, spec: Spec) => readonly Finding[];
}

export function registerBesideProblems(host: Host, file: BesideFile): vscode.Disposable {
  const { core } = host;
  const collection = vscode.languages.createDiagnosticCollection(`earshot.${file.name}`);
  let turn = 0;
  let shown = false;
  const show = async () => {
    const mine = ++turn;
    const open = new Set(
      vscode.workspace.textDocuments.flatMap(({ uri }) =>
        uri.scheme === 'file' && file.openedBy.some((name) => uri.path.endsWith(`/${name}`))
          ? [dirname(toPath(uri))]
          : [],
      ),
    );
    const found = await Promise.all(
      core.specs.all.filter(({ path }) => open.has(path)).map((spec) => diagnosticsOf(host, spec, file)),
    );
    const wrong = found.filter(([, diagnostics]) => diagnostics.length > 0);
    if (mine !== turn || (wrong.length === 0 && !shown)) return;
    shown = wrong.length > 0;
    collection.clear();
    collection.set(wrong);
  };
  const showSoon = () => void show().catch(host.report);
  showSoon();
  return vscode.Disposable.from(
    collection,
    core.specs.onDidChange(showSoon),
    vscode.workspace.onDidOpenTextDocument(showSoon),
    vscode.workspace.onDidCloseTextDocument(showSoon),
  );
}

async function diagnosticsOf(
  { core }: Host,
  spec: Spec,
  { name, findings }: BesideFile,
): Promise<[vscode.Uri, vscode.Diagnostic[]]> {
  const path = joinPath(spec.path, name);
  const text = await core.ports.files.readText(path);
  if (text === undefined) return [toUri(path), []];
  const config = core.lint.of(spec.root);
  const problems = findings(text, spec).flatMap((finding) => weigh(finding, config) ?? []);
  return [toUri(path), toDiagnostics(text, problems, ruleLink)];
}
