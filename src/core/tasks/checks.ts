/**
 * What proves a task: its own `_Verify:` command, else the workspace's check. Both are commands that a
 * repository brings, so each runs only after the person agreed to exactly that command on this machine.
 */
import type { Consents } from '../consents';
import type { FileSystem } from '../ports';
import type { AbortSignal } from '../util/abort';
import { joinPath } from '../util/path';

export interface Check {
  readonly command: string;
  /** Where it comes from, for people: `_Verify` of the task, or a file of the project. */
  readonly source: string;
}

/** How the usual tools are recognised: the first whose file is there (and fits) is the workspace's check. */
const DETECTORS: readonly {
  readonly file: string;
  readonly command: string;
  readonly fits?: (text: string) => boolean;
}[] = [
  { file: 'package.json', command: 'npm test', fits: hasTestScript },
  { file: 'Cargo.toml', command: 'cargo test' },
  { file: 'go.mod', command: 'go test ./...' },
  { file: 'pytest.ini', command: 'pytest' },
  { file: 'pyproject.toml', command: 'pytest', fits: (text) => text.includes('pytest') },
  { file: 'tox.ini', command: 'tox' },
  { file: 'pom.xml', command: 'mvn -q test' },
  { file: 'build.gradle', command: './gradlew test' },
  { file: 'build.gradle.kts', command: './gradlew test' },
  { file: 'pubspec.yaml', command: 'dart test' },
  { file: 'mix.exs', command: 'mix test' },
  { file: 'Makefile', command: 'make test', fits: (text) => /^test\s*:/m.test(text) },
];

export async function detectCheck(files: FileSystem, root: string): Promise<Check | undefined> {
  for (const { file, command, fits } of DETECTORS) {
    // What cannot be read is no sign of anything.
    const text = await files.readText(joinPath(root, file)).catch(() => undefined);
    if (text !== undefined && (fits?.(text) ?? true)) return { command, source: file };
  }
  return undefined;
}

function hasTestScript(text: string): boolean {
  try {
    const script = (JSON.parse(text) as { scripts?: { test?: unknown } } | null)?.scripts?.test;
    // npm's own placeholder proves nothing but that nobody wrote tests.
    return typeof script === 'string' && !script.includes('no test specified');
  } catch {
    return false;
  }
}

/** Asks for the consent to run a check, unless it was given before. Rejects with `Cancelled` when dismissed. */
export function agreeToCheck(
  consents: Consents,
  root: string,
  check: Check,
  signal?: AbortSignal,
): Promise<boolean> {
  const question = {
    title: 'Use this command as the check?',
    detail: `${check.command}\n\nFrom ${check.source}. It runs in the workspace folder after the agent has ended; a task counts as done only when it passes. You are asked once for each command.`,
    answers: [
      { id: 'yes', label: 'Use This Check' },
      { id: 'no', label: 'Run Without a Check' },
    ],
  };
  return consents.obtain('check', root, check.command, question, signal);
}
