/**
 * Where machine-local state lies: `~/.earshot` (or `EARSHOT_HOME`), shared by editor and CLI, out of the
 * reach of the agent's tools. What a team should share lies in the workspace instead.
 */
import type { Hasher } from './ports';
import { basename, dirname, isInside, joinPath } from './util/path';

export interface Home {
  readonly path: string;
  readonly consents: string;
  /** Whose approvals count. */
  readonly keys: string;
  /** What documents said when this person approved them. */
  readonly approvedTexts: string;
  /** The person's own rules for the agent. */
  readonly permissions: string;
  /** An administrator's rules, for everybody on this machine. */
  readonly administration: string;
  /** What was asked of models, a file a month. */
  readonly usage: string;
  /** Copies of files as they were before an agent changed them. */
  readonly copies: string;
  /** Copies of workspaces, for tasks that run side by side. */
  readonly worktrees: string;
  /** What checkpoints a workspace folder has, a file a month. */
  checkpoints(root: string): string;
  /** Specs that a person deleted, for a while. */
  readonly deleted: string;
  /** Event logs of a workspace folder's sessions. */
  sessions(root: string): string;
  /** Event logs of a workspace folder's runs of tasks. */
  runs(root: string): string;
  /** The person's rules for the agent in a workspace folder. */
  workspacePermissions(root: string): string;
  /** Is it one of ours, of any workspace? */
  isRuleFile(path: string): boolean;
  /** Results of hook runs of a workspace folder. */
  hookRuns(root: string): string;
  /** Which process fires hooks of a workspace folder's files, commits and schedules. */
  hookDuty(root: string): string;
}

/** An administrator's rules, for everybody on this machine. @param managed Their file of settings, beside which they lie */
export function administratorsRules(managed: string): string {
  return joinPath(dirname(managed), 'permissions.yaml');
}

export function createHome(
  path: string,
  hasher: Hasher,
  managed = '/etc/earshot/managed-settings.json',
): Home {
  const workspace = (root: string) => joinPath(path, 'workspaces', hasher.sha256(root).slice(0, 16));
  const administration = administratorsRules(managed);
  return {
    path,
    consents: joinPath(path, 'consents.jsonl'),
    keys: joinPath(path, 'keys.jsonl'),
    approvedTexts: joinPath(path, 'approved'),
    permissions: joinPath(path, 'permissions.yaml'),
    administration,
    isRuleFile: (file) =>
      basename(file) === 'permissions.yaml' && (file === administration || isInside(path, file)),
    workspacePermissions: (root) => joinPath(workspace(root), 'permissions.yaml'),
    usage: joinPath(path, 'usage'),
    worktrees: joinPath(path, 'worktrees'),
    deleted: joinPath(path, 'deleted'),
    checkpoints: (root) => joinPath(workspace(root), 'checkpoints'),
    copies: joinPath(path, 'copies'),
    sessions: (root) => joinPath(workspace(root), 'sessions'),
    runs: (root) => joinPath(workspace(root), 'runs'),
    hookDuty: (root) => joinPath(workspace(root), 'hooks.owner'),
    hookRuns: (root) => joinPath(workspace(root), 'hooks.jsonl'),
  };
}
