/** Checkpoints from a window's start on, though what takes them is loaded when it is first needed. */
import type { Home } from '../home';
import { later } from '../later';
import type { Disposable } from '../util/disposable';
import { Emitter } from '../util/event';
import { lazy } from '../util/lazy';
import type { Checkpoints } from './checkpoints';
import type { CheckpointPorts } from './createCheckpoints';
import type { Timeline } from './turnCheckpoints';

export function lateCheckpoints(
  ports: CheckpointPorts,
  home: Pick<Home, 'checkpoints'>,
  roots: readonly string[],
): Checkpoints & Timeline & Disposable {
  const changed = new Emitter<string>((error) => ports.log.error('A listener failed', error));
  const failed = new Emitter<{ readonly root: string; readonly message: string }>((error) =>
    ports.log.error('A listener failed', error),
  );
  const loaded = lazy(async () =>
    (await later.checkpoints()).createCheckpoints(ports, home, roots, { changed, failed }),
  );
  return {
    take: async (...args) => (await loaded()).take(...args),
    list: async (...args) => (await loaded()).list(...args),
    diff: async (...args) => (await loaded()).diff(...args),
    read: async (...args) => (await loaded()).read(...args),
    plan: async (...args) => (await loaded()).plan(...args),
    restore: async (...args) => (await loaded()).restore(...args),
    left: async (...args) => (await loaded()).left(...args),
    ignored: async (...args) => (await loaded()).ignored(...args),
    onDidChange: changed.event,
    onDidFail: failed.event,
    dispose() {
      changed.dispose();
      failed.dispose();
    },
  };
}
