/** Steering as the terminal shows it. */
import type { FileSystem } from '../core/ports';
import type { ContextEntry } from '../core/steering/context';
import { isTold } from '../core/steering/guidance';
import type { Survey } from '../core/steering/survey';
import { relativePath } from '../core/util/path';
import { lineStarts, positionAt } from '../core/util/textRange';

export async function listSummary({ all, problems }: Survey, root: string, files: FileSystem) {
  const shown = (path: string) =>
    all.find((each) => each.path === path)?.label ?? relativePath(root, path) ?? path;
  return {
    documents: all.map(({ label, name, kind, scope, inclusion }) => ({
      path: label,
      name,
      kind,
      scope,
      inclusion,
    })),
    problems: await Promise.all(
      problems.map(async ({ path, rule, severity, message, range }) => {
        const text = (await files.readText(path).catch(() => undefined)) ?? '';
        return {
          path: shown(path),
          rule,
          severity,
          message,
          line: positionAt(lineStarts(text), range.start).line + 1,
        };
      }),
    ),
  };
}

export function listLines({
  documents,
  problems,
}: Awaited<ReturnType<typeof listSummary>>): readonly string[] {
  if (documents.length === 0) return ['No steering here. “Generate Steering” in the editor proposes some.'];
  return [
    ...documents.map(({ path, inclusion }) => `${(inclusion ?? 'left out').padEnd(10)} ${path}`),
    ...problems.map(({ path, line, severity, message }) => `${path}:${line} ${severity}: ${message}`),
  ];
}

export function contextSummary(entries: readonly ContextEntry[]) {
  return entries.map(({ guidance, state, why, tokens }) => ({
    path: guidance.label,
    name: guidance.name,
    state,
    why,
    tokens,
  }));
}

export function contextLines(entries: readonly ContextEntry[]): readonly string[] {
  if (entries.length === 0) return ['No steering here.'];
  const told = entries.filter(isTold);
  const line = ({ guidance, why, tokens }: ContextEntry) =>
    `  ${String(tokens).padStart(6)}  ${guidance.label} (${why})`;
  const sum = told.reduce((all, { tokens }) => all + tokens, 0);
  return [
    `Told: about ${sum} tokens`,
    ...told.map(line),
    ...(told.length < entries.length ? ['Not told'] : []),
    ...entries.filter((entry) => !isTold(entry)).map(line),
  ];
}
