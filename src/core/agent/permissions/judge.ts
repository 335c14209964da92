/** Rules over what a tool is about to do, with all links on the way resolved. */
import type { FileSystem } from '../../ports';
import { protectedPart } from '../protectedPlaces';
import { analyseCommand, fileNeed } from './analyseCommand';
import { decide, type Verdict } from './decide';
import { guardedPlace } from './guardedPlace';
import type { Ruleset } from './model';

export async function judgeCommand(
  files: FileSystem,
  root: string,
  ruleset: Ruleset,
  command: string,
): Promise<Verdict> {
  const call = analyseCommand(command, root);
  const guarded = call.guarded ?? (await guardedPlace(files, root, call.places));
  return decide(ruleset, { ...call, guarded });
}

/** @param path relative to the workspace folder; tools confine it themselves, so that what is protected is refused here, too
 * @param from where a file that is moved was */
export function judgeFile(
  root: string,
  ruleset: Ruleset,
  capability: 'fs_read' | 'fs_write',
  path: string,
  from?: string,
): Verdict {
  const paths = from === undefined ? [path] : [path, from];
  const needs = paths.map((one) => fileNeed(capability, one, root));
  const verdict = decide(ruleset, { needs, mentions: [], unclear: undefined, guarded: undefined });
  const hit = capability === 'fs_write' ? paths.map(protectedPart).find(Boolean) : undefined;
  return hit ? { ...verdict, effect: 'deny', onceOnly: `Only you change ${hit}.` } : verdict;
}
