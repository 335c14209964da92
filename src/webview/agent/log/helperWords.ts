/** How a sub-agent stands, in words. Pure. */
import type { ToolItem } from '../../../core/agent/session/sessionState';
import type { HelperSummary } from '../../../protocol/agent';
import { statusSign } from './calls';

/** What it waits for before how its call stands: only a person can go on with it. */
export function signOf(
  call: Pick<ToolItem, 'status'>,
  helper: Pick<HelperSummary, 'waits'> | undefined,
): ReturnType<typeof statusSign> {
  if (call.status === 'running' && helper?.waits) return { icon: 'shield', tone: 'warn', word: 'needs you' };
  return statusSign(call.status);
}
