/** Unsaved words are no part of what is restored, nor of what a restore can be undone to, until they are saved. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { RestoreScope } from '../../../core/checkpoints/model';
import { isInside, relativePath } from '../../../core/util/path';
import { toPath } from '../../adapters/paths';
import { files, firstWords } from './words';

/** Lines of a dialog. */
const LISTED = 12;

/** @returns false where the person would rather not have them saved */
export async function saveUnsaved(root: string, scope: RestoreScope): Promise<boolean> {
  const concerned = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => {
    if (!isDirty || uri.scheme !== 'file' || !isInside(root, toPath(uri))) return false;
    return scope.kind !== 'paths' || scope.paths.includes(relativePath(root, toPath(uri)) ?? '');
  });
  if (concerned.length === 0) return true;
  const names = concerned.map(({ uri }) => relativePath(root, toPath(uri)) ?? uri.fsPath);
  if (!(await mayBeSaved(names))) return false;
  for (const [index, document] of concerned.entries())
    if (!(await document.save()))
      throw new ActError('invalid', `${names[index]} could not be saved, so nothing was restored.`);
  return true;
}

async function mayBeSaved(names: readonly string[]): Promise<boolean> {
  const save = 'Save and Go On';
  const title = `${files(names.length)} ${names.length === 1 ? 'has' : 'have'} unsaved changes`;
  const why =
    'They are saved first, so that the checkpoint before the restore holds them and undoing it brings them back.';
  const more = names.length > LISTED ? [`and ${names.length - LISTED} more`] : [];
  const listed = names.slice(0, LISTED).map((name) => firstWords(name, 100));
  const detail = [why, '', ...listed, ...more].join('\n');
  return (await vscode.window.showWarningMessage(title, { modal: true, detail }, save)) === save;
}
