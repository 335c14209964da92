/**
 * Who decides about a call that writes or runs: Autopilot allows, a grant of this session allows, else the
 * person is asked; where nobody is there to ask, it is denied.
 */
import type { Autonomy } from '../ports';
import type { PermissionQuestion } from './events';

export type Decision = 'allow' | 'ask' | 'deny';

export interface PermissionGate {
  decide(question: PermissionQuestion): Decision;
  /** Remembers "for this session": all writes, or exactly this command. */
  grant(question: PermissionQuestion): void;
}

export function createPermissionGate(autonomy: () => Autonomy, present: boolean): PermissionGate {
  const granted = new Set<string>();
  const keyOf = ({ capability, subject }: PermissionQuestion) =>
    capability === 'write' ? 'write' : `run ${subject}`;
  return {
    decide(question) {
      if (autonomy() === 'autopilot' || granted.has(keyOf(question))) return 'allow';
      return present ? 'ask' : 'deny';
    },
    grant: (question) => granted.add(keyOf(question)),
  };
}
