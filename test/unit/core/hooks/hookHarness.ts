import type { Hook, HookConfirm } from '../../../../src/core/hooks/model';
import type { TestPorts } from '../../../support/testPorts';
import { type Harness, type HarnessOptions, quiet, startCore } from '../coreHarness';

export interface HookJson {
  readonly name: string;
  readonly trigger?: string;
  readonly matcher?: string;
  readonly command?: string;
  readonly prompt?: string;
  readonly timeout?: number;
  readonly enabled?: boolean;
  readonly schedule?: string;
  readonly budget?: number;
  readonly permissions?: object;
  readonly confirm?: HookConfirm;
}

export function hookFile(...hooks: readonly HookJson[]): string {
  const all = hooks.map(({ name, trigger = 'PostFileSave', command, prompt, ...rest }) => ({
    name,
    trigger,
    ...rest,
    action: prompt === undefined ? { type: 'command', command: command ?? name } : { type: 'agent', prompt },
  }));
  return `${JSON.stringify({ version: 'v1', hooks: all }, null, 2)}\n`;
}

export const HOOKS = '.kiro/hooks/a.json';

/** A core with these hooks in one file; every one of them is agreed to unless the person's answers are scripted. */
export async function startHooks(hooks: readonly HookJson[], options: HarnessOptions = {}): Promise<Harness> {
  return startCore({
    answers: () => 'yes',
    ...options,
    files: { [HOOKS]: hookFile(...hooks), ...options.files },
  });
}

export function named({ core }: Harness, name: string): Hook {
  const hook = core.hooks.all.find((each) => each.name === name);
  if (!hook) throw new Error(`There is no hook ${name}.`);
  return hook;
}

/** A save by the person, some time after what was before. */
export async function save({ ports }: Harness, path: string, text: string): Promise<void> {
  await ports.clock.advance(5);
  await ports.files.writeText(`${ports.root}/${path}`, text);
}

/** Long enough for everything that fires to have fired. */
export async function settleHooks({ ports }: Pick<Harness, 'ports'>): Promise<void> {
  for (let round = 0; round < 12; round++) {
    await ports.clock.advance(200);
    await quiet(3);
  }
}

export function commands(ports: TestPorts): readonly string[] {
  return ports.processes.runs.map(({ command }) => command);
}
