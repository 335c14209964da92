/** `Checkpoint - Ensure all tests pass`: as Kiro ends each part of a plan. Nothing is to be changed, and no wave names it. */
const CHECKPOINT = /^\s*(?:final\s+)?checkpoint\b/i;

/** @param title The task's title, or words that begin with it. */
export function isCheckpointTask(title: string): boolean {
  return CHECKPOINT.test(title);
}
