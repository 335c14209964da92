/** Guidance of the open workspace folders, as those who show it ask for it. */
import type { Sessions } from '../agent/session/sessions';
import { later } from '../later';
import type { FileSystem, Ports } from '../ports';
import { createAbort } from '../util/abort';
import { type Disposable, DisposableStore } from '../util/disposable';
import { Emitter, type Event } from '../util/event';
import { isLately } from '../util/lately';
import { joinPath, relativePath } from '../util/path';
import type { ContextEntry } from './context';
import type { Guidance } from './model';
import type { Survey } from './survey';

export interface GuidanceStore extends Disposable {
  /** All there is, with what is wrong in it. */
  survey(root: string): Promise<Survey>;
  /** @param about a file (absolute), and a session by its id */
  context(
    root: string,
    about: { readonly file?: string | undefined; readonly session?: string | undefined },
  ): Promise<readonly ContextEntry[]>;
  /** Where new documents go: `~/.kiro` or the workspace folder's `.kiro`. Undefined where there is none. */
  folder(scope: Guidance['scope'], root: string): string | undefined;
  /** A document or a skill was changed, here or beside. */
  readonly onDidChange: Event<void>;
}

export interface GuidanceOptions {
  readonly ports: Ports;
  readonly roots: readonly string[];
  readonly kiroHome: string | undefined;
  readonly sessions: Pick<Sessions, 'get'>;
  /** Files of a workspace folder as the agent may read them. */
  readonly reading: (root: string) => Promise<FileSystem>;
}

/** Milliseconds: a branch that is switched changes many at once. */
const SETTLED = 150;
/** And what lies in the home is not watched. */
const FRESH = 30_000;

export function createGuidance({
  ports,
  roots,
  kiroHome,
  sessions,
  reading,
}: GuidanceOptions): GuidanceStore {
  const { files, watcher, clock, log } = ports;
  const disposables = new DisposableStore();
  const changed = disposables.add(
    new Emitter<void>((error) => log.error('A listener of steering failed', error)),
  );
  let waiting: Disposable | undefined;

  /** Looking at every file of a workspace is too much for each file that a person opens. */
  const surveys = new Map<string, { readonly at: number; readonly survey: Promise<Survey> }>();

  function surveyOf(root: string): Promise<Survey> {
    const known = surveys.get(root);
    if (known && isLately(clock, known.at, FRESH)) return known.survey;
    const look = async () => {
      const { survey } = await later.steering();
      return survey(await tellingOf(root), createAbort().signal);
    };
    const entry = { at: clock.now(), survey: look() };
    surveys.set(root, entry);
    entry.survey.catch(() => surveys.delete(root));
    return entry.survey;
  }

  function hear(): void {
    surveys.clear();
    waiting?.dispose();
    waiting = clock.after(SETTLED, () => changed.fire());
  }

  for (const root of roots)
    disposables.add(
      watcher.watch(root, ({ path }) => {
        if (isGuidancePath(root, path)) hear();
      }),
    );

  const tellingOf = async (root: string) => ({ files, root, kiroHome, reading: await reading(root) });

  return {
    survey: surveyOf,
    async context(root, { file, session }) {
      const { contextOf, givenIn } = await later.steering();
      const [telling, { all }] = await Promise.all([tellingOf(root), surveyOf(root)]);
      const state = session === undefined ? undefined : sessions.get(session);
      const relative = file === undefined ? undefined : relativePath(root, file);
      return contextOf(all, { file: relative, given: state && givenIn(state) }, telling);
    },
    folder: (scope, root) => (scope === 'home' ? kiroHome : joinPath(root, '.kiro')),
    onDidChange: changed.event,
    dispose() {
      waiting?.dispose();
      disposables.dispose();
    },
  };
}

/** Does what lies there belong to guidance? */
export function isGuidancePath(root: string, path: string): boolean {
  const rest = relativePath(root, path);
  if (rest === undefined) return false;
  return /^\.kiro(?:$|\/(?:steering|skills|powers)(?:$|\/))/.test(rest) || /(?:^|\/)AGENTS\.md$/.test(rest);
}

/** Now, or as soon as the agent turns to the file. */
export function isTold({ state }: ContextEntry): boolean {
  return state === 'in' || state === 'file';
}
