/** What a duplicate has of its own, and what it has not. */
import type { Spec } from '../spec/model';
import { TASKS_META_NAME } from '../spec/tasks/parseTasksMeta';

/** Approvals, comments and confirmed links are a person's words about the other; results of tests are its evidence. */
export const LEFT_OUT: ReadonlySet<string> = new Set(['.earshot', TASKS_META_NAME]);

/** The config of the copy: all keys of the original, and another id. */
export function duplicateConfig(config: string | undefined, specId: string, specType: Spec['type']): string {
  const fresh = { specId, workflowType: 'requirements-first', specType };
  try {
    const known: unknown = JSON.parse(config ?? '');
    const isRecord = typeof known === 'object' && known !== null && !Array.isArray(known);
    return JSON.stringify(isRecord ? { ...known, specId } : fresh);
  } catch {
    return JSON.stringify(fresh);
  }
}
