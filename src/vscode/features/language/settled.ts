/** A spec's documents as the store has them, once they are those that the editor shows. */
import * as vscode from 'vscode';
import type {
  DocumentKind,
  DocumentSnapshot,
  Spec,
  SpecDocument,
  SpecDocuments,
} from '../../../core/spec/model';
import { documentsOf } from '../../../core/spec/readSpec';
import { lineStarts, type TextRange } from '../../../core/util/textRange';
import { toRange } from '../../adapters/diagnostics';
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

/** Undefined for what is no spec document, when nobody waits any more, or when the text never settles. */
export async function settled(
  { core }: Host,
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<Settled | undefined> {
  await core.specs.ready;
  const now = () => {
    const found = documentAt(core, document.uri);
    const parsed = found?.document.document;
    if (found === undefined || parsed === undefined || parsed.text !== document.getText()) return undefined;
    let documents = known.get(found.spec);
    if (documents === undefined) {
      documents = documentsOf(found.spec.documents);
      known.set(found.spec, documents);
    }
    return { spec: found.spec, snapshot: found.document, document: parsed, documents };
  };
  const first = now();
  if (first !== undefined || token.isCancellationRequested) return first;
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
      lines = lineStarts(document?.text ?? '');
      starts.set(kind, lines);
    }
    return toRange(lines, range);
  };
}
