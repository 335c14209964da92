/** Mentions that the editor knows: `#problems`, `#terminal`, `#git`. To add one: an entry here. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { MentionKind } from '../../../core/agent/mentions/mention';
import { isInside, relativePath } from '../../../core/util/path';
import { repositoryOf } from '../../adapters/git';
import { toPath, toUri } from '../../adapters/paths';
import { recordTerminals, type TerminalOutput } from '../../adapters/terminalOutput';
import type { Host } from '../../host';

const MOST_PROBLEMS = 200;

const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;

const problems: MentionKind = {
  name: 'problems',
  description: 'Problems that the editor shows',
  takes: false,
  async resolve(_argument, { root, isReadable }) {
    const lines: string[] = [];
    for (const [uri, found] of vscode.languages.getDiagnostics()) {
      if (found.length === 0 || uri.scheme !== 'file' || !isInside(root, toPath(uri))) continue;
      // A message may tell what stands in a file.
      if (await isReadable(toPath(uri)))
        lines.push(...found.map((problem) => problemLine(root, uri, problem)));
    }
    if (lines.length === 0) return '[the editor shows no problems]';
    const more = lines.length > MOST_PROBLEMS ? [`[${lines.length - MOST_PROBLEMS} more]`] : [];
    return [...lines.slice(0, MOST_PROBLEMS), ...more].join('\n');
  },
};

function problemLine(root: string, uri: vscode.Uri, problem: vscode.Diagnostic): string {
  const { line, character } = problem.range.start;
  const place = `${relativePath(root, toPath(uri))}:${line + 1}:${character + 1}`;
  const source = problem.source === undefined ? '' : ` (${problem.source})`;
  return `${place} ${SEVERITIES[problem.severity]}: ${problem.message}${source}`;
}

function terminal(output: TerminalOutput): MentionKind {
  return {
    name: 'terminal',
    description: 'The latest commands in the terminal and what they printed',
    takes: false,
    async resolve() {
      const latest = output.latest();
      if (latest !== undefined) return latest;
      throw new ActError(
        'notFound',
        'No command was seen in a terminal since the window opened. Run it again, in a shell with shell integration.',
      );
    },
  };
}

const git: MentionKind = {
  name: 'git',
  description: 'Changes that are not committed',
  takes: false,
  async resolve(_argument, { root, readableDiff }) {
    const repository = await repositoryOf(toUri(root));
    if (!repository)
      throw new ActError('notFound', 'The folder is in no Git repository that the editor knows.');
    const shown = async (isStaged: boolean) =>
      readableDiff(await repository.diff(isStaged), toPath(repository.rootUri));
    const [staged, changed] = [await shown(true), await shown(false)];
    const parts = [staged && `# Staged\n\n${staged}`, changed && `# Not staged\n\n${changed}`];
    return parts.filter(Boolean).join('\n\n') || '[nothing is changed since the last commit]';
  },
};

export function registerMentions({ core }: Host): vscode.Disposable {
  const output = recordTerminals();
  const kinds = [problems, terminal(output), git].map((kind) => core.mentions.add(kind));
  return vscode.Disposable.from(output, ...kinds.map((kind) => ({ dispose: () => kind.dispose() })));
}
