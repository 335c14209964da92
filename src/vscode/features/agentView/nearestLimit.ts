/** Of the limits that a session's next request counts against, the one that is used most. */
import type { Core } from '../../../core';
import type { SessionStarted } from '../../../core/agent/session/events';
import { monthOf, type UsageRecord } from '../../../core/usage/ledger';
import { limitsFor, SCOPE_WORDS } from '../../../core/usage/limits';
import type { Disposable } from '../../../core/util/disposable';
import type { ShownLimit } from '../../../protocol/agent';

export interface NearestLimit extends Disposable {
  of(started: SessionStarted): Promise<ShownLimit | undefined>;
}

export function createNearestLimit({ usage, ports }: Core): NearestLimit {
  /** Read again when something was spent here: a view is drawn with each event of a session. */
  let read: { readonly month: string; readonly records: Promise<readonly UsageRecord[]> } | undefined;
  const forget = usage.onDidAdd(() => {
    read = undefined;
  });
  return {
    async of({ root, spec, task, rehearsed }) {
      const { limits } = ports.settings.get();
      if (rehearsed || Object.keys(limits).length === 0) return undefined;
      const day = ports.clock.localDay(ports.clock.now());
      const month = monthOf(day);
      if (read?.month !== month) read = { month, records: usage.month(month) };
      const about = {
        root,
        day,
        ...(spec === undefined ? {} : { spec }),
        ...(task === undefined ? {} : { task }),
      };
      const states = limitsFor(about, limits, await read.records);
      const [most] = [...states].sort((a, b) => b.spent / b.limit - a.spent / a.limit);
      return most && { what: SCOPE_WORDS[most.scope], spent: most.spent, limit: most.limit };
    },
    dispose: () => forget.dispose(),
  };
}
