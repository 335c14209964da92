/**
 * What other agents say of tasks that they did: `.earshot/claims.jsonl`, one record a line. A claim proves nothing and ticks
 * nothing: the checks that a person lets run decide. Kept apart from evidence, so that none is ever taken for the other.
 */
import type { FileSystem } from '../../ports';
import type { Task } from '../../spec/model';
import { parseJsonLines } from '../../util/jsonLines';
import { joinPath } from '../../util/path';
import { addRecords } from '../../util/recordFile';
import type { TaskEvidence } from './records';
import { shareableText } from './shareable';

export interface ClaimedCommand {
  readonly command: string;
  readonly exitCode: number;
}

export interface TaskClaim {
  readonly v: 1;
  /** ISO 8601. */
  readonly at: string;
  readonly id: string;
  /** As the agent calls itself. */
  readonly by: string;
  /** Id of the task; its key where it has none. */
  readonly task: string;
  readonly title: string;
  /** Of the task's text: it is about these words. */
  readonly hash: string;
  readonly summary: string;
  /** Below the workspace folder. */
  readonly files: readonly string[];
  readonly commands: readonly ClaimedCommand[];
}

export function claimsPath(spec: string): string {
  return joinPath(spec, '.earshot/claims.jsonl');
}

/** Those that can be read; others count for nothing. */
export function parseClaims(text: string): readonly TaskClaim[] {
  return parseJsonLines(text).values.filter(isClaim);
}

function isClaim(value: unknown): value is TaskClaim {
  const fields = value as Readonly<Record<string, unknown>> | null;
  return (
    fields?.v === 1 &&
    ['at', 'id', 'by', 'task', 'title', 'hash', 'summary'].every((key) => typeof fields[key] === 'string') &&
    Array.isArray(fields.files) &&
    fields.files.every((file) => typeof file === 'string') &&
    Array.isArray(fields.commands) &&
    fields.commands.every(isCommand)
  );
}

function isCommand(value: unknown): value is ClaimedCommand {
  const fields = value as Readonly<Record<string, unknown>> | null;
  return typeof fields?.command === 'string' && typeof fields.exitCode === 'number';
}

export async function readClaims(
  files: Pick<FileSystem, 'readText'>,
  spec: string,
): Promise<readonly TaskClaim[]> {
  return parseClaims((await files.readText(claimsPath(spec)).catch(() => undefined)) ?? '');
}

/** The newest about the task as it stands; undefined also where it was checked since: what was found counts then. */
export function claimOf(
  claims: readonly TaskClaim[],
  task: Pick<Task, 'id' | 'key'>,
  hash: string,
  found: TaskEvidence | undefined,
): TaskClaim | undefined {
  const name = task.id ?? task.key;
  const newest = claims
    .filter((claim) => claim.hash === hash && claim.task === name)
    .reduce<TaskClaim | undefined>((best, each) => (best && best.at >= each.at ? best : each), undefined);
  return newest && found && !found.stale && found.evidence.at > newest.at ? undefined : newest;
}

/** Adds a claim; lines that cannot be read stay. It is shared with a team: no secrets, no paths of this machine. */
export async function recordClaim(
  files: Pick<FileSystem, 'alone' | 'readText' | 'stat' | 'writeText'>,
  spec: string,
  root: string,
  { v, at, id, ...claim }: TaskClaim,
): Promise<void> {
  const path = claimsPath(spec);
  const told = {
    ...claim,
    summary: shareableText(claim.summary, root),
    commands: claim.commands.map(({ command, exitCode }) => ({
      command: shareableText(command, root),
      exitCode,
    })),
  };
  await addRecords(files, path, [JSON.stringify({ v, at, id, ...told })]);
}
