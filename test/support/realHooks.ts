/** Hooks over the real disk, clock, processes and watcher, as any host without an editor has them. */
import { createCore } from '../../src/core';
import type { Hooks } from '../../src/core/hooks/hooks';
import { later } from '../../src/core/later';
import type { FileWatcher } from '../../src/core/ports';
import { createNodeFiles } from '../../src/node/nodeFiles';
import { nodeClock } from '../../src/node/nodePorts';
import { createNodeProcesses } from '../../src/node/nodeProcesses';
import { createNodeWatcher } from '../../src/node/nodeWatcher';
import { createTestPorts } from './testPorts';

export interface RealHooks {
  readonly hooks: Hooks;
  close(): Promise<void>;
}

/** Every hook of the folder is agreed to. @param watcher that of an editor; without it, Node’s */
export async function startRealHooks(
  root: string,
  home: string,
  watcher: FileWatcher = createNodeWatcher(),
): Promise<RealHooks> {
  const real = {
    files: createNodeFiles(home),
    watcher,
    processes: createNodeProcesses(),
    clock: nodeClock,
  };
  // Loaded before, so that a run is what is measured.
  await Promise.all(Object.values(later).map((load) => load()));
  const ports = createTestPorts({ root, answers: () => 'yes', with: real });
  const core = createCore(ports, { roots: [root], home, hostRunsHooks: false });
  await Promise.all([core.specs.ready, core.hooks.ready]);
  for (const { id } of core.hooks.all) await core.hooks.agree(id);
  return { hooks: core.hooks, close: () => core.close() };
}
