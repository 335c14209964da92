/** What is wrong in, and which hooks stand in, the agent files of the open workspace folders and of the person, followed as they change. */
import type { Hook } from '../../hooks/model';
import { later } from '../../later';
import type { Ports } from '../../ports';
import { type Disposable, DisposableStore } from '../../util/disposable';
import { Emitter, type Event } from '../../util/event';
import { lazy } from '../../util/lazy';
import { isInside, joinPath } from '../../util/path';
import type { ProfileProblems } from './profileProblems';
import type { ProfileProblem } from './readProfile';

export interface AgentProblems extends Disposable {
  readonly problems: readonly ProfileProblem[];
  readonly hooks: readonly Hook[];
  /** Begins to look when it is first asked for. */
  readonly ready: Promise<void>;
  readonly onDidChange: Event<void>;
}

export function createAgentProblems(
  { files, watcher, trust, log }: Pick<Ports, 'files' | 'watcher' | 'trust' | 'log'>,
  roots: readonly string[],
  kiroHome: string | undefined,
): AgentProblems {
  const disposables = new DisposableStore();
  const changed = disposables.add(
    new Emitter<void>((error) => log.error('A listener of agents failed', error)),
  );
  const found = new Map<string, ProfileProblems>();
  const readings = new Map<string, number>();

  async function look(folder: string, root: string | undefined): Promise<void> {
    const reading = (readings.get(folder) ?? 0) + 1;
    readings.set(folder, reading);
    const entries = root !== undefined && !trust.trusted ? [] : await files.list(folder);
    // Its reader is loaded where there is something to read.
    const now =
      entries.length === 0
        ? undefined
        : await (await later.agentFiles()).profileProblems(files, folder, root, roots);
    if (readings.get(folder) !== reading) return;
    if (now) found.set(folder, now);
    else found.delete(folder);
    changed.fire();
  }

  const places = [
    ...roots.map((root) => ({ watched: root, folder: joinPath(root, '.kiro/agents'), root })),
    ...(kiroHome === undefined
      ? []
      : [{ watched: joinPath(kiroHome, 'agents'), folder: joinPath(kiroHome, 'agents'), root: undefined }]),
  ];
  const all = () => places.flatMap(({ folder }) => found.get(folder) ?? []);
  const lookAt = ({ folder, root }: (typeof places)[number]) =>
    look(folder, root).catch((error) => log.warn(`Could not read the agents of ${folder}`, error));
  const begin = lazy(async () => {
    for (const place of places)
      disposables.add(
        watcher.watch(place.watched, ({ path, kind }) => {
          const isAgents = isInside(place.folder, path) || isInside(path, place.folder);
          const concerns = isAgents || found.get(place.folder)?.concerns(path);
          if (kind !== 'edited' && concerns) void lookAt(place);
        }),
      );
    disposables.add(trust.onDidGrant(() => void Promise.all(places.map(lookAt))));
    await Promise.all(places.map(lookAt));
  });
  return {
    get problems() {
      return all().flatMap(({ problems }) => problems);
    },
    get hooks() {
      return all().flatMap(({ hooks }) => hooks);
    },
    get ready() {
      return begin();
    },
    onDidChange: changed.event,
    dispose: () => disposables.dispose(),
  };
}
