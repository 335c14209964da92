/** What is wrong in the agent files of the open workspace folders and of the person, followed as they change. */
import { later } from '../../later';
import type { Ports } from '../../ports';
import { type Disposable, DisposableStore } from '../../util/disposable';
import { Emitter, type Event } from '../../util/event';
import { lazy } from '../../util/lazy';
import { isInside, joinPath } from '../../util/path';
import type { ProfileProblem } from './readProfile';

export interface AgentProblems extends Disposable {
  readonly problems: readonly ProfileProblem[];
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
  const found = new Map<string, readonly ProfileProblem[]>();
  const readings = new Map<string, number>();

  async function look(folder: string, root: string | undefined): Promise<void> {
    const reading = (readings.get(folder) ?? 0) + 1;
    readings.set(folder, reading);
    const entries = root !== undefined && !trust.trusted ? [] : await files.list(folder);
    // Its reader is loaded where there is something to read.
    const problems =
      entries.length === 0
        ? []
        : (await (await later.agentFiles()).readProfiles(files, folder, root)).problems;
    if (readings.get(folder) !== reading) return;
    found.set(folder, problems);
    changed.fire();
  }

  const places = [
    ...roots.map((root) => ({ watched: root, folder: joinPath(root, '.kiro/agents'), root })),
    ...(kiroHome === undefined
      ? []
      : [{ watched: joinPath(kiroHome, 'agents'), folder: joinPath(kiroHome, 'agents'), root: undefined }]),
  ];
  const lookAt = ({ folder, root }: (typeof places)[number]) =>
    look(folder, root).catch((error) => log.warn(`Could not read the agents of ${folder}`, error));
  const begin = lazy(async () => {
    for (const place of places)
      disposables.add(
        watcher.watch(place.watched, ({ path, kind }) => {
          const concerns = isInside(place.folder, path) || isInside(path, place.folder);
          if (kind !== 'edited' && concerns) void lookAt(place);
        }),
      );
    disposables.add(trust.onDidGrant(() => void Promise.all(places.map(lookAt))));
    await Promise.all(places.map(lookAt));
  });
  return {
    get problems() {
      return [...found.values()].flat();
    },
    get ready() {
      return begin();
    },
    onDidChange: changed.event,
    dispose: () => disposables.dispose(),
  };
}
