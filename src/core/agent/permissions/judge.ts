/** Rules over what a tool is about to do, with all links on the way resolved. */
import type { FileSystem } from '../../ports';
import { protectedPart } from '../places/protectedPlaces';
import { type AnalysedCommand, analyseCommand, fileNeed } from './analyseCommand';
import { decide, type Verdict } from './decide';
import type { Call, Need, Ruleset } from './model';
import { realPlaces } from './realPlaces';

/** @param place The copy of the workspace folder that it runs in; the folder itself where there is none */
export async function judgeCommand(
  files: FileSystem,
  root: string,
  ruleset: Ruleset,
  command: string,
  place = root,
): Promise<Verdict> {
  if (place !== root) return judgeInCopy(files, root, ruleset, command, place);
  const call = await resolved(files, analyseCommand(command, root), root, root);
  return decide(ruleset, call);
}

/** Stands for the copy while a command is read: it lies in a folder of ours, which no command may name. */
const COPY = '/the-copy-of-the-workspace';

/** What the copy's path is in a command, the workspace folder's is for a rule; the folder itself is outside. */
async function judgeInCopy(
  files: FileSystem,
  root: string,
  ruleset: Ruleset,
  command: string,
  place: string,
): Promise<Verdict> {
  const drive = /^[a-zA-Z]:/.exec(place)?.[0] ?? '';
  const copy = drive + COPY;
  const call = await resolved(files, analyseCommand(command.replaceAll(place, copy), copy), copy, place);
  const guarded = command.includes(COPY) ? `${COPY} is outside the workspace folder.` : call.guarded;
  const inRoot = (text: string) => text.replaceAll(copy, root);
  const asInRoot = (need: Need) => ({
    ...need,
    text: inRoot(need.text),
    same: need.same.map(inRoot),
    alike: need.alike.map(inRoot),
  });
  return decide(ruleset, {
    ...call,
    needs: call.needs.map(asInRoot),
    mentions: call.mentions.map(asInRoot),
    guarded: guarded?.replaceAll(copy, place),
  });
}

/** @param root What the paths of the call begin with @param place Where they lie */
async function resolved(
  files: FileSystem,
  call: AnalysedCommand,
  root: string,
  place: string,
): Promise<Call> {
  const { guarded, paths, absent } = await realPlaces(files, place, call.places);
  const more = paths.flatMap((path) => [fileNeed('fs_read', path, root), fileNeed('fs_write', path, root)]);
  const mentions = [...call.mentions, ...more].map((need) => {
    const isAbsent = need.capability === 'fs_read' && absent.has(need.text);
    return isAbsent ? { ...need, absent: true } : need;
  });
  return { ...call, mentions, guarded: call.guarded ?? guarded };
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
  const verdict = decide(ruleset, {
    needs,
    mentions: [],
    unnamed: [],
    unclear: undefined,
    guarded: undefined,
  });
  const hit = capability === 'fs_write' ? paths.map(protectedPart).find(Boolean) : undefined;
  return hit ? { ...verdict, effect: 'deny', onceOnly: `Only you change ${hit}.` } : verdict;
}

/** A page is asked for by its host: patterns of rules are tested on that; those that forbid on the whole address, too. */
export function judgeHost(ruleset: Ruleset, url: string): Verdict {
  return judgeNamed(ruleset, 'web_fetch', hostOf(url), url);
}

/** What has a name of its own: `server/tool` for a tool of an MCP server, the agent for a sub-agent. */
export function judgeNamed(
  ruleset: Ruleset,
  capability: Need['capability'],
  text: string,
  ...same: readonly string[]
): Verdict {
  const needs = [{ capability, text, same, alike: [] }];
  return decide(ruleset, { needs, mentions: [], unnamed: [], unclear: undefined, guarded: undefined });
}

/** `example.org`, with its port where it has one. */
export function hostOf(url: string): string {
  return /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? url;
}
