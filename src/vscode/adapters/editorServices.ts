/** What the editor and its language servers know of the code, asked by the editor's own commands. */
import * as vscode from 'vscode';
import type { CodePlace, CodeProblem, CodeSymbol, EditorServices } from '../../core/agent/editorServices';
import type { AbortSignal } from '../../core/util/abort';
import { toPath, toUri } from './paths';

/** Milliseconds: a language server that starts reads the project first, and one that hangs never answers. */
const TIMEOUT = 20_000;
/** So long a file that was just opened is waited for until somebody says something about it. */
const FIRST_LOOK = 4000;
const MAX = 5000;

const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

export function createEditorServices(): EditorServices {
  return {
    async problems(path, signal) {
      if (path === undefined) {
        const all = vscode.languages.getDiagnostics();
        return { problems: all.flatMap(([uri, list]) => problemsOf(uri, list)), sure: true };
      }
      const uri = toUri(path);
      await lookAt(uri, signal);
      return { problems: problemsOf(uri, vscode.languages.getDiagnostics(uri)), sure: isInTab(uri) };
    },
    definitions: (place, signal) => places('vscode.executeDefinitionProvider', place, signal),
    references: (place, signal) => places('vscode.executeReferenceProvider', place, signal),
    async outline(path, signal) {
      const uri = await opened(path);
      const found = await run<(vscode.DocumentSymbol | vscode.SymbolInformation)[]>(
        'vscode.executeDocumentSymbolProvider',
        [uri],
        signal,
      );
      return (found ?? []).flatMap((symbol) => [...symbolsOf(symbol, path, 0)]).slice(0, MAX);
    },
    async symbols(name, signal) {
      const found = await run<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        [name],
        signal,
      );
      // Servers find what sounds like it as well.
      const all = (found ?? []).filter((symbol) => symbol.name.replace(/\(.*$/, '') === name);
      return all.slice(0, MAX).flatMap((symbol) => [...symbolsOf(symbol, '', 0)]);
    },
    async rename(place, newName) {
      const uri = await opened(place.path);
      const edit = await run<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', [
        uri,
        new vscode.Position(place.line, place.character),
        newName,
      ]);
      const files = edit?.entries() ?? [];
      if (edit && edit.size !== files.length)
        throw new Error(
          'The language server would also move files. Do it step by step, with move_file and edit_file.',
        );
      return files.map(([target, edits]) => ({
        path: toPath(target),
        edits: edits.map(({ range: { start, end }, newText }) => ({ start, end, newText })),
      }));
    },
  };
}

async function places(
  command: string,
  { path, line, character }: CodePlace,
  signal: AbortSignal,
): Promise<readonly CodePlace[]> {
  const uri = await opened(path);
  const found = await run<(vscode.Location | vscode.LocationLink)[]>(
    command,
    [uri, new vscode.Position(line, character)],
    signal,
  );
  const all = (found ?? []).slice(0, MAX).map((each) => {
    const [target, range] =
      'targetUri' in each
        ? [each.targetUri, each.targetSelectionRange ?? each.targetRange]
        : [each.uri, each.range];
    return { path: toPath(target), line: range.start.line, character: range.start.character };
  });
  return all;
}

/** Servers answer about documents that are open. */
async function opened(path: string): Promise<vscode.Uri> {
  const uri = toUri(path);
  await vscode.workspace.openTextDocument(uri);
  return uri;
}

/** Opens it, and waits until its language has said something about it, or seems to have nothing to say. */
async function lookAt(uri: vscode.Uri, signal: AbortSignal): Promise<void> {
  const known = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
  if (known) return;
  const said = new Promise<void>((resolve) => {
    const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((changed) => changed.toString() === uri.toString())) done();
    });
    const timer = setTimeout(() => done(), FIRST_LOOK);
    const done = (): void => {
      clearTimeout(timer);
      listener.dispose();
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done, { once: true });
  });
  await vscode.workspace.openTextDocument(uri);
  await said;
  signal.throwIfAborted();
}

function isInTab(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
}

function problemsOf(uri: vscode.Uri, all: readonly vscode.Diagnostic[]): readonly CodeProblem[] {
  if (uri.scheme !== 'file') return [];
  return all.map(({ severity, message, range: { start }, source = '', code }) => {
    const number = typeof code === 'object' ? code.value : code;
    return {
      path: toPath(uri),
      line: start.line,
      character: start.character,
      severity: SEVERITIES[severity] ?? 'info',
      message,
      source: [source, number ?? ''].join(' ').trim(),
    };
  });
}

function* symbolsOf(
  symbol: vscode.DocumentSymbol | vscode.SymbolInformation,
  path: string,
  depth: number,
): Generator<CodeSymbol> {
  const kind = (vscode.SymbolKind[symbol.kind] ?? 'symbol').toLowerCase();
  if ('location' in symbol) {
    const { uri, range } = symbol.location;
    const { line, character } = range.start;
    yield { name: symbol.name, kind, depth, path: toPath(uri), line, character };
    return;
  }
  const { line, character } = symbol.selectionRange.start;
  yield { name: symbol.name, kind, depth, path, line, character };
  for (const child of symbol.children) yield* symbolsOf(child, path, depth + 1);
}

async function run<T>(
  command: string,
  given: readonly unknown[],
  signal?: AbortSignal,
): Promise<T | undefined> {
  let stop = (): void => {};
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The language server did not answer within ${TIMEOUT / 1000} s. Try search.`)),
      TIMEOUT,
    );
    const cancel = () => reject(signal?.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    };
  });
  try {
    return await Promise.race([vscode.commands.executeCommand<T>(command, ...given), late]);
  } finally {
    stop();
  }
}
