/** A spec's documents as the store has them, once they are those that the editor shows. */
import * as vscode from 'vscode';
import { documentsOf } from '../../../core/spec/documentsOf';
import type {
  DocumentEdit,
  DocumentKind,
  DocumentSnapshot,
  Spec,
  SpecDocument,
  SpecDocuments,
} from '../../../core/spec/model';
import { lineStarts, type TextRange } from '../../../core/util/textRange';
import { toRange } from '../../adapters/diagnostics';
import { toPath } from '../../adapters/paths';
import { documentAt } from '../../adapters/specTarget';
import type { Host } from '../../host';

export interface Settled {
  readonly spec: Spec;
  readonly snapshot: DocumentSnapshot;
  readonly document: SpecDocument;
  readonly documents: SpecDocuments;
}

/** Milliseconds: the store follows a keystroke much sooner; who waits longer is better off without an answer. */
const PATIENCE = 2000;

const known = new WeakMap<Spec, SpecDocuments>();

/**
 * Undefined for what is no spec document, when nobody waits any more, or when the texts never settle: not this one
 * alone, since edits of it reach into the others.
 */
export async function settled(
  { core }: Host,
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<Settled | undefined> {
  await core.specs.ready;
  const now = () => {
    const found = documentAt(core, document.uri);
    const parsed = found?.document.document;
    if (found === undefined || parsed === undefined || !isCurrent(found.spec)) return undefined;
    let documents = known.get(found.spec);
    if (documents === undefined) {
      documents = documentsOf(found.spec.documents);
      known.set(found.spec, documents);
    }
    return { spec: found.spec, snapshot: found.document, document: parsed, documents };
  };
  const first = now();
  if (first !== undefined || token.isCancellationRequested) return first;
  const found = documentAt(core, document.uri);
  // Read before it was opened: the editor keeps a byte order mark to itself.
  if (found?.document.text?.startsWith('\uFEFF')) void core.specs.refresh(found.spec.path);
  return new Promise((resolve) => {
    const done = (value: Settled | undefined): void => {
      listeners.forEach((listener) => void listener.dispose());
      clearTimeout(timer);
      resolve(value);
    };
    const timer = setTimeout(() => done(undefined), PATIENCE);
    const listeners = [
      core.specs.onDidChange(() => {
        const value = now();
        if (value !== undefined) done(value);
      }),
      token.onCancellationRequested(() => done(undefined)),
    ];
  });
}

/** Are all documents of a spec that somebody has open as they are shown there? */
function isCurrent({ documents }: Spec): boolean {
  return vscode.workspace.textDocuments.every((open) => {
    if (open.uri.scheme !== 'file') return true;
    const path = toPath(open.uri);
    const text = documents.find((each) => each.path === path)?.text;
    return text === undefined || text === open.getText();
  });
}

/** The edits of a spec's documents as one edit of the editor's. */
export function toWorkspaceEdit(at: Settled, edits: readonly DocumentEdit[]): vscode.WorkspaceEdit {
  const change = new vscode.WorkspaceEdit();
  const toRange = rangesOf(at);
  for (const { document = at.document.kind, range, newText } of edits) {
    const uri = uriOf(at, document);
    if (uri) change.replace(uri, toRange(document, range), newText);
  }
  return change;
}

/** As `toWorkspaceEdit`; what the edits of the document at hand leave open is selected then, one after the other. */
export function toFillIn(at: Settled, edits: readonly DocumentEdit[]): vscode.WorkspaceEdit {
  const isHere = ({ document = at.document.kind }: DocumentEdit) => document === at.document.kind;
  const here = edits.filter(isHere);
  const uri = uriOf(at, at.document.kind);
  if (uri === undefined || !here.some(({ newText }) => newText.includes(OPEN)))
    return toWorkspaceEdit(at, edits);
  const toRange = rangesOf(at);
  const change = toWorkspaceEdit(
    at,
    edits.filter((edit) => !isHere(edit)),
  );
  let stop = 0;
  const withStops = (text: string) =>
    text.replace(/[\\$}]/g, '\\$&').replace(/\bTBD\b/g, () => `\${${++stop}:${OPEN}}`);
  change.set(
    uri,
    here.map(({ range, newText }) => {
      const place = toRange(at.document.kind, range);
      return newText.includes(OPEN)
        ? new vscode.SnippetTextEdit(place, new vscode.SnippetString(withStops(newText)))
        : new vscode.TextEdit(place, newText);
    }),
  );
  return change;
}

/** What a quick fix writes for the words that only a person has. */
const OPEN = 'TBD';

/** The URI of a spec's document of a kind. */
export function uriOf({ spec }: Settled, kind: DocumentKind): vscode.Uri | undefined {
  const path = spec.documents.find((each) => each.kind === kind)?.path;
  return path === undefined ? undefined : vscode.Uri.file(path);
}

/** Ranges of any document of the spec as the editor's. */
export function rangesOf({ documents }: Settled): (kind: DocumentKind, range: TextRange) => vscode.Range {
  const starts = new Map<DocumentKind, readonly number[]>();
  return (kind, range) => {
    let lines = starts.get(kind);
    if (lines === undefined) {
      const document = [documents.requirements, documents.design, documents.tasks].find(
        (each) => each?.kind === kind,
      );
      const text = document?.text ?? '';
      // A byte order mark of a file that nobody has open counts for no column.
      lines = lineStarts(text).map((start) => (start === 0 && text.startsWith('\uFEFF') ? 1 : start));
      starts.set(kind, lines);
    }
    return toRange(lines, range);
  };
}
