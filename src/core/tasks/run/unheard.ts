import { ModelError, type ModelErrorReason } from '../../agent/turn/model';

const UNHEARD: readonly ModelErrorReason[] = [
  ...(['network', 'cut', 'stalled', 'overloaded', 'rateLimit', 'server'] as const),
  ...(['auth', 'notFound'] as const),
];

/** Something is wrong with the way to the model, and not with the task. */
export function isUnheard(error: unknown): boolean {
  return error instanceof ModelError && UNHEARD.includes(error.reason);
}
