/** A real repository on a disk, in which a scripted model does the tasks of a spec, each by its own script. */
import { join } from 'node:path';
import { createCore } from '../../../../../src/core';
import type { Ports } from '../../../../../src/core/ports';
import { RUN_OPTIONS, type RunOptions, type RunState } from '../../../../../src/core/tasks/run/model';
import type { Worktrees } from '../../../../../src/core/tasks/run/worktrees';
import { fromNativePath } from '../../../../../src/node/nativePath';
import { createNodeFiles } from '../../../../../src/node/nodeFiles';
import { nodeClock } from '../../../../../src/node/nodePorts';
import { createNodeProcesses } from '../../../../../src/node/nodeProcesses';
import { createNodeWorktrees } from '../../../../../src/node/worktrees/nodeWorktrees';
import { type Files, type GitFolder, makeGitFolder } from '../../../../support/gitFolder';
import { createScriptedModel, type ModelTurn } from '../../../../support/scriptedModel';
import { createTestPorts } from '../../../../support/testPorts';
import { own } from '../../../../support/testStore';
import { approveAll } from '../../approveAll';
import { DESIGN, REQUIREMENTS, tasksText } from '../../coreHarness';
import { DONE } from '../taskHarness';

export const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/** What the model does for a task, turn by turn, and for a merge of it. */
export type Script = Readonly<Record<string, readonly ModelTurn[]>>;

export interface Desk {
  readonly folder: GitFolder;
  readonly root: string;
  readonly spec: string;
  /** Another process on the same disk. */
  open(script: Script, more?: Partial<Ports>, over?: (worktrees: Worktrees) => Worktrees): Promise<Window>;
}

export interface Window {
  readonly core: ReturnType<typeof createCore>;
  readonly prompts: string[];
  run(options?: Partial<RunOptions>): Promise<RunState>;
}

/** Tasks that wait for nothing; the check of each is a command of the shell. */
export const apart = (...checks: readonly string[]): readonly string[] =>
  checks.flatMap((check, index) => [
    `- [ ] ${index + 1}. Task`,
    '  - _Depends: none_',
    `  - _Verify: ${check}_`,
  ]);

export async function openDesk(lines: readonly string[], files: Files = {}): Promise<Desk> {
  const folder = await makeGitFolder({
    'a.txt': 'one\ntwo\nthree\n',
    '.kiro/specs/links/requirements.md': REQUIREMENTS,
    '.kiro/specs/links/design.md': DESIGN,
    '.kiro/specs/links/tasks.md': tasksText(...lines),
    ...files,
  });
  const root = fromNativePath(folder.top);
  const spec = `${root}/.kiro/specs/links`;
  const home = fromNativePath(folder.own);
  let windows = 0;
  return {
    folder,
    root,
    spec,
    async open(script, more = {}, over = (worktrees) => worktrees) {
      windows++;
      const owner = `window ${windows}`;
      const processes = { ...createNodeProcesses(), owner, isAlive: (other: string) => other === owner };
      const prompts: string[] = [];
      const model = createScriptedModel({
        answer({ system, messages }) {
          const words = JSON.stringify(messages[0]);
          prompts.push(words);
          const key = (/Task (\d+): /.exec(words) ?? /<this-task>\\n(\d+)/.exec(words))?.[1] ?? '';
          const step = messages.filter(({ role }) => role === 'assistant').length;
          return script[system.startsWith('Role: merge') ? `merge ${key}` : key]?.[step] ?? DONE;
        },
      });
      const worktrees = over(
        createNodeWorktrees({
          folder: join(folder.own, 'worktrees'),
          processes,
          log: SILENT,
        }),
      );
      const ports = createTestPorts({
        root,
        model,
        settings: { autonomy: 'autopilot' },
        with: { files: createNodeFiles(home), clock: nodeClock, processes, worktrees, ...more },
      });
      const core = own(createCore(ports, { roots: [root], home, hostRunsHooks: false }));
      await core.specs.ready;
      if (windows === 1) await approveAll(core, spec);
      return {
        core,
        prompts,
        run: (options = {}) => core.runs.start(spec, { ...RUN_OPTIONS, parallel: 4, ...options }),
      };
    },
  };
}
