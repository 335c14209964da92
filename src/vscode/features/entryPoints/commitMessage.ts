/** The message of a commit, streamed into the input of the Source Control view. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { type GitRepository, repositoryOf } from '../../adapters/git';
import { toPath } from '../../adapters/paths';
import type { Host } from '../../host';

const RECENT = 10;

export async function draftCommitMessage({ core }: Host, source: unknown): Promise<void> {
  const repository = await repositoryFrom(source);
  const staged = await repository.diff(true);
  const diff = staged.trim() === '' ? await repository.diff(false) : staged;
  if (diff.trim() === '')
    throw new ActError('invalid', 'Nothing is changed, or only new files: stage what the commit is to hold.');
  const recent = await recentSubjects(repository);
  const before = repository.inputBox.value;
  await vscode.window.withProgress({ location: vscode.ProgressLocation.SourceControl }, async () => {
    try {
      repository.inputBox.value = await core.commitMessages.draft(toPath(repository.rootUri), {
        diff,
        recent,
        onText: (message) => {
          repository.inputBox.value = message;
        },
      });
    } catch (error) {
      repository.inputBox.value = before;
      throw error;
    }
  });
}

/** That of the view whose button was pressed, else that of the folder. */
async function repositoryFrom(source: unknown): Promise<GitRepository> {
  const given =
    typeof source === 'object' && source !== null && 'rootUri' in source ? source.rootUri : undefined;
  const uri = given instanceof vscode.Uri ? given : vscode.workspace.workspaceFolders?.[0]?.uri;
  const repository = uri && (await repositoryOf(uri));
  if (!repository)
    throw new ActError('notFound', 'The folder is in no Git repository that the editor knows.');
  return repository;
}

/** None in a repository without a commit. */
async function recentSubjects(repository: GitRepository): Promise<readonly string[]> {
  const commits = await repository.log({ maxEntries: RECENT }).catch(() => []);
  return commits.flatMap(({ message }) => message.split('\n')[0] ?? []);
}
