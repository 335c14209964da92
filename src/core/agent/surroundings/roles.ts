/** What a session is for, and what that gives it. */

import type { Tool } from '../tool';
import { HOOK_TOOLS, REVIEW_TOOLS, TASK_TOOLS } from '../tools/codingTools';

export interface Role {
  readonly name: 'chat' | 'task' | 'hook' | 'review' | 'subagent';
  /** Beside those for code, where it works. */
  readonly tools: readonly Tool[];
  /** It may change files and run commands; one that does not judges only. */
  readonly works: boolean;
  readonly maxTokens: number;
  /** The most requests; undefined: as the settings say. */
  readonly maxTurns?: number;
  /** A request that came to nothing is made again, for a while: a person may be away for the night. */
  readonly patient?: true;
  /** What it changes is always reviewed, when it is over. */
  readonly reviewedLater?: true;
}

const LONG = 32_000;
const SHORT = 8_000;

export const CHAT: Role = { name: 'chat', tools: TASK_TOOLS, works: true, maxTokens: LONG };
export const TASK: Role = { name: 'task', tools: TASK_TOOLS, works: true, maxTokens: LONG, patient: true };
/** Nobody waits for it. */
export const HOOK: Role = {
  name: 'hook',
  tools: HOOK_TOOLS,
  works: true,
  maxTokens: SHORT,
  maxTurns: 20,
  reviewedLater: true,
};
export const REVIEW: Role = {
  name: 'review',
  tools: REVIEW_TOOLS,
  works: false,
  maxTokens: SHORT,
  maxTurns: 25,
  patient: true,
};
/** Works for another session, with a context of its own. */
export const SUBAGENT: Role = {
  name: 'subagent',
  tools: HOOK_TOOLS,
  works: true,
  maxTokens: LONG,
  maxTurns: 40,
  patient: true,
};
