/** Verbs that undo each other. */
const PAIRS =
  'accept/reject allow/deny allow/prevent allow/block permit/deny permit/forbid enable/disable show/hide display/hide open/close start/stop begin/end add/remove create/delete grant/revoke grant/deny lock/unlock encrypt/decrypt include/exclude retain/delete keep/delete keep/discard retain/discard save/discard activate/deactivate connect/disconnect increase/decrease expand/collapse approve/reject subscribe/unsubscribe mute/unmute pause/resume attach/detach install/uninstall require/ignore preserve/overwrite preserve/delete continue/stop commit/abort accept/refuse';

const OPPOSITES: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const map = new Map<string, Set<string>>();
  for (const pair of PAIRS.split(' ')) {
    const [a = '', b = ''] = pair.split('/');
    map.set(a, (map.get(a) ?? new Set()).add(b));
    map.set(b, (map.get(b) ?? new Set()).add(a));
  }
  return map;
})();

export function areAntonyms(a: string, b: string): boolean {
  return OPPOSITES.get(a)?.has(b) === true;
}

/** The verbs that have an antonym, with one of each: for seeding. */
export function antonymOf(verb: string): string | undefined {
  return OPPOSITES.get(verb)?.values().next().value;
}
