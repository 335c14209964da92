/** What hooks call their triggers: the names of v1, of 0.x, of agents' files, and what people write by mistake. */
import { FILE_TRIGGERS, type HookTrigger, TRIGGERS } from './model';

/** Names that the command line of Kiro has for the same. */
const ALIASES: Readonly<Record<string, HookTrigger>> = { AgentSpawn: 'SessionStart', SessionEnd: 'Stop' };

/** Of 0.x, and of hooks in the files of agents. */
const LEGACY: Readonly<Record<string, HookTrigger>> = {
  fileEdited: 'PostFileSave',
  fileCreated: 'PostFileCreate',
  fileDeleted: 'PostFileDelete',
  promptSubmit: 'UserPromptSubmit',
  userPromptSubmit: 'UserPromptSubmit',
  agentStop: 'Stop',
  stop: 'Stop',
  preToolUse: 'PreToolUse',
  postToolUse: 'PostToolUse',
  preTaskExecution: 'PreTaskExec',
  postTaskExecution: 'PostTaskExec',
  agentSpawn: 'SessionStart',
  userTriggered: 'Manual',
};

/** Not of Kiro, but found in real files. */
const MISTAKEN: Readonly<Record<string, { readonly trigger: HookTrigger; readonly right: string }>> = {
  manual: { trigger: 'Manual', right: 'userTriggered' },
  agentEnd: { trigger: 'Stop', right: 'agentStop' },
  fileSaved: { trigger: 'PostFileSave', right: 'fileEdited' },
  fileSave: { trigger: 'PostFileSave', right: 'fileEdited' },
  sessionStart: { trigger: 'SessionStart', right: 'agentSpawn' },
};

export function triggerOf(name: string): HookTrigger | undefined {
  return TRIGGERS.find((each) => each === name) ?? own(ALIASES, name);
}

/** `right`: how it is really called. */
export function legacyTrigger(
  name: string,
): { readonly trigger: HookTrigger; readonly right?: string } | undefined {
  const known = own(LEGACY, name);
  return known ? { trigger: known } : own(MISTAKEN, name);
}

export const LEGACY_NAMES = Object.keys(LEGACY).filter(
  (name) => name !== 'stop' && name !== 'userPromptSubmit',
);

export function isFileTrigger(trigger: string): boolean {
  return FILE_TRIGGERS.some((each) => each === trigger);
}

export function isToolTrigger(trigger: string): boolean {
  return trigger === 'PreToolUse' || trigger === 'PostToolUse';
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Does it fire when files change? */
export function hearsOfFiles(trigger: string): boolean {
  return isFileTrigger(trigger) || trigger === 'OnSpecChange';
}

/** Does every process that is at the folder see it? */
export function isShared(trigger: string): boolean {
  return hearsOfFiles(trigger) || trigger === 'OnGitCommit' || trigger === 'OnSchedule';
}

/** Why a hook of files does not fire inside Kiro. */
export const LEFT_TO_KIRO =
  'Kiro fires hooks of files itself. Set earshot.hooks to “on” to have Earshot fire them, too.';
