/** Rules over what a tool is about to do, with all links on the way resolved. */
import type { FileSystem } from '../../ports';
import { protectedPart } from '../places/protectedPlaces';
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
 * @param others where a file that is moved was, and what is changed in the same act */
export function judgeFile(
  root: string,
  ruleset: Ruleset,
  capability: 'fs_read' | 'fs_write',
  path: string,
  ...others: readonly string[]
): Verdict {
  const paths = [path, ...others];
  const needs = paths.map((one) => fileNeed(capability, one, root));
  const verdict = decide(ruleset, { needs, mentions: [], unclear: undefined, guarded: undefined });
  const hit = capability === 'fs_write' ? paths.map(protectedPart).find(Boolean) : undefined;
  return hit ? { ...verdict, effect: 'deny', onceOnly: `Only you change ${hit}.` } : verdict;
}

/** A page is asked for by its host: patterns of rules are tested on that; those that forbid on the whole address, too. */
export function judgeHost(ruleset: Ruleset, url: string): Verdict {
  const needs = [{ capability: 'web_fetch', text: hostOf(url), alike: [url] }] as const;
  return decide(ruleset, { needs, mentions: [], unclear: undefined, guarded: undefined });
}

/** `example.org`, with its port where it has one. */
export function hostOf(url: string): string {
  return /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? url;
}
