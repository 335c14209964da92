/** What fired nothing, as the view tells of it. Pure. */
import type { Occurrence } from './dispatcher';
import type { HookNotice } from './model';

const KEPT_NOTICES = 50;
const KEPT_FILES = 100;

/** The same reason again, within moments, is one notice. */
export function withNotice(
  all: readonly HookNotice[],
  at: number,
  reason: string,
  occurrences: readonly Occurrence[],
): readonly HookNotice[] {
  const [last, ...others] = all;
  const goesOn = last?.reason === reason && at - last.at < 2000;
  const files = [...(goesOn ? last.files : []), ...occurrences.map(({ file }) => file)];
  const hooks = [...(goesOn ? last.hooks : []), ...occurrences.map(({ hook }) => hook.name)];
  const notice = {
    at,
    reason,
    files: [...new Set(files)].slice(0, KEPT_FILES),
    hooks: [...new Set(hooks)],
  };
  return [notice, ...(goesOn ? others : all)].slice(0, KEPT_NOTICES);
}
