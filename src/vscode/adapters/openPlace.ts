/** Opens what a panel points at: a place in a document of a spec, or in a file below its workspace folder. */
import * as vscode from 'vscode';
import { ActError } from '../../core/actError';
import type { Spec } from '../../core/spec/model';
import { climbs, joinPath } from '../../core/util/path';
import type { TracePlace } from '../../protocol/trace';
import { toUri } from './paths';

export async function openPlace(spec: Spec | undefined, place: TracePlace): Promise<void> {
  const path = spec && pathOf(spec, place);
  if (path === undefined) throw new ActError('notFound', 'This place is no longer there.');
  const opened = await vscode.workspace.openTextDocument(toUri(path));
  const at =
    'path' in place ? new vscode.Position(Math.max(0, place.line - 1), 0) : opened.positionAt(place.offset);
  await vscode.window.showTextDocument(opened, { selection: new vscode.Range(at, at), preview: true });
}

function pathOf(spec: Spec, place: TracePlace): string | undefined {
  if ('document' in place) return spec.documents.find(({ kind }) => kind === place.document)?.path;
  return climbs(place.path) ? undefined : joinPath(spec.root, place.path);
}
