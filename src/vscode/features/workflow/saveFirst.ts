/** What is asked about a document is asked about what is on the disk. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { basename } from '../../../core/util/path';
import { toPath } from '../../adapters/paths';

export async function saveFirst(path: string): Promise<void> {
  const document = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.scheme === 'file' && toPath(uri) === path,
  );
  if (document?.isDirty && !(await document.save()))
    throw new ActError('invalid', `${basename(path)} could not be saved.`);
}
