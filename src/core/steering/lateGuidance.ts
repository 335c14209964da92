/** What comes to a session later: documents for the files that it turns to, each once. */
import { findMentions, slashName } from '../agent/mentions/mentionText';
import type { SessionItem, SessionState } from '../agent/session/sessionState';
import type { ToolCall, TurnEvents } from '../agent/surroundings/model';
import type { ToolOutcome } from '../agent/tool';
import type { Attachment } from '../agent/turn/attachments';
import { climbs, isInside, joinPath, relativePath } from '../util/path';
import { attribute, tagged } from '../workflow/prompts/material';
import { type Telling, type Told, tell } from './alwaysPrompt';
import { agentsAbove, effective, named } from './findGuidance';
import { LOAD_GUIDANCE } from './loadGuidance';
import type { Guidance } from './model';
import { matchingPattern } from './patterns';

export interface LateGuidance {
  readonly guidance: Guidance;
  /** `src/a.ts matches src/**` */
  readonly why: string;
}

/** Tokens that come with one step, at the most; what does not fit comes with a later one. */
const MOST_AT_ONCE = 20_000;

/** What is for these files, outermost AGENTS.md first. @param paths Relative to the workspace folder */
export async function guidanceFor(
  all: readonly Guidance[],
  paths: readonly string[],
  { files, root }: Pick<Telling, 'files' | 'root'>,
): Promise<readonly LateGuidance[]> {
  const found = new Map<string, LateGuidance>();
  const add = (guidance: Guidance, why: string) => {
    if (!found.has(guidance.label) && guidance.body !== '') found.set(guidance.label, { guidance, why });
  };
  for (const path of paths) {
    for (const agents of await agentsAbove(files, root, path)) add(agents, `${path} is in ${agents.below}`);
    for (const each of effective(all)) {
      const pattern = each.inclusion === 'fileMatch' ? matchingPattern(each.patterns, path) : undefined;
      if (pattern !== undefined) add(each, `${path} matches ${pattern}`);
    }
  }
  return [...found.values()];
}

const MARK = /^<steering name="([^"\n]+)"/gm;
const MENTION = 'steering';

/** What the log says that a session has, since its oldest steps were summed up last. By label, or by what called it. */
export function givenIn({ items }: Pick<SessionState, 'items'>): ReadonlySet<string> {
  const from = items.findLastIndex((item) => item.type === 'note' && item.compacted === true);
  const given = new Set<string>();
  for (const item of items.slice(from + 1)) for (const name of givenBy(item)) given.add(name);
  return given;
}

function givenBy(item: SessionItem): readonly string[] {
  if (item.type === 'user')
    return (item.attachments ?? []).flatMap(({ label }) =>
      findMentions(label, new Set([MENTION])).map(({ argument }) => argument),
    );
  if (item.type !== 'tool' || item.status !== 'ok') return [];
  const marks = [...item.output.matchAll(MARK)].flatMap(([, name]) => name ?? []);
  const { name: loaded } = (item.input ?? {}) as { readonly name?: unknown };
  return item.name === LOAD_GUIDANCE && typeof loaded === 'string' ? [...marks, loaded] : marks;
}

/** Of documents as they were called. */
export function labelsOf(given: ReadonlySet<string>, all: readonly Guidance[]): ReadonlySet<string> {
  const label = (name: string) =>
    (all.some((each) => each.label === name) ? name : named(all, name)?.label) ?? name;
  return new Set([...given].map(label));
}

export interface LateOptions extends Telling {
  /** Where the session works: the workspace folder, or a copy of it. */
  readonly place: string;
  readonly all: readonly Guidance[];
  readonly state: () => SessionState;
}

export function lateGuidance(options: LateOptions): TurnEvents {
  const { all, place, state } = options;
  /** On its way into the log. */
  let pending = new Set<string>();
  let compactions = 0;

  /** Those that the session has not, and that go now. Taken at once: calls may run side by side. */
  async function take(paths: readonly string[], besides: readonly string[] = []): Promise<readonly Late[]> {
    const wanted = await guidanceFor(all, paths, options);
    const texts = await Promise.all(
      wanted.map(async (late) => ({ ...late, ...(await tell(late.guidance, options)) })),
    );
    const now = state().items.filter((item) => item.type === 'note' && item.compacted === true).length;
    if (now !== compactions) pending = new Set();
    compactions = now;
    const given = labelsOf(givenIn(state()), all);
    const has = ({ guidance: { label } }: LateGuidance) =>
      given.has(label) || pending.has(label) || besides.includes(label);
    let room = MOST_AT_ONCE;
    const taken: Late[] = [];
    for (const each of texts) {
      if (has(each) || (each.tokens > room && taken.length > 0)) continue;
      room -= each.tokens;
      pending.add(each.guidance.label);
      taken.push(each);
    }
    return taken;
  }

  const attached = ({ guidance, why, text }: Late): Attachment => ({
    type: 'text',
    mention: `#${MENTION}:${guidance.label}`,
    text: `[${why}]\n${text}`,
  });

  return {
    async begun(_signal, prompt = '') {
      return (await take(pathsIn(taskIn(prompt)))).map(attached);
    },
    async said(text) {
      const mentions = findMentions(text, new Set(['file', 'folder', MENTION]));
      const paths = mentions.filter(({ kind }) => kind !== MENTION).map(({ argument }) => argument);
      const own = mentions.filter(({ kind }) => kind === MENTION);
      const called = [...own.map(({ argument }) => argument), slashName(text)?.name ?? ''];
      const besides = [...labelsOf(new Set(called), all)];
      return (await take(paths, besides)).map(attached);
    },
    async after(call, outcome) {
      const taken = await take(pathsOf(call, outcome, place));
      return taken.length === 0 ? undefined : taken.map(marked).join('\n\n');
    },
  };
}

type Late = LateGuidance & Told;

function marked({ guidance, why, text }: Late): string {
  return tagged(MENTION, text, guidance.label).replace('>', ` why="${attribute(why)}">`);
}

const FILE_TOOLS = new Set(['read_file', 'write_file', 'edit_file', 'move_file', 'rename_symbol']);

/** Files of the workspace that a call read or wrote. */
function pathsOf({ name, input }: ToolCall, { ok, edit }: ToolOutcome, place: string): readonly string[] {
  if (!ok || !FILE_TOOLS.has(name)) return [];
  const { path, to } = (input ?? {}) as { readonly path?: unknown; readonly to?: unknown };
  const found = [path, to, edit?.path].flatMap((each) =>
    typeof each === 'string' && each !== '' ? (relativeTo(place, each) ?? []) : [],
  );
  return [...new Set(found)];
}

function relativeTo(place: string, path: string): string | undefined {
  const isAbsolute = path.startsWith('/') || /^[a-z]:[\\/]/i.test(path);
  if (!isAbsolute && climbs(path)) return undefined;
  const whole = isAbsolute ? joinPath(path) : joinPath(place, path.replaceAll('\\', '/'));
  return isInside(place, whole) ? relativePath(place, whole) : undefined;
}

/** What is asked for stands behind the documents that come with it. */
function taskIn(prompt: string): string {
  return prompt.slice(prompt.lastIndexOf('</document>') + 1);
}

const PATH = /(?<![\w/@.:-])(?:[\w@.()[\]-]+\/)*[\w@.()[\]-]+\.[a-zA-Z][\w]{0,9}(?![\w/])/g;
const MOST_PATHS = 50;

/** Words that look like files, also of files that are to be made. */
export function pathsIn(text: string): readonly string[] {
  const words = [...text.matchAll(PATH)].map(([word]) => word.replace(/^[([]+|^\.\//g, ''));
  return [...new Set(words)].filter((word) => !climbs(word)).slice(0, MOST_PATHS);
}
