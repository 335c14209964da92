import type { ModelTurn } from '../../../support/scriptedModel';
import type { TestPortsOptions } from '../../../support/testPorts';
import { approveAll } from '../approveAll';
import { DESIGN, type Harness, REQUIREMENTS, SPEC, specFile, startCore, tasksText } from '../coreHarness';

export const DONE: ModelTurn = { text: 'Done.\n\nNothing to change: it was there already.' };
export const TASKS = `${SPEC}/tasks.md`;
export const forever = new Promise<never>(() => {});

export const write = (path: string, content = 'x'): ModelTurn => ({
  tools: [{ name: 'write_file', input: { path, content } }],
});

/** A spec that is approved as a whole, its checks agreed to. */
export async function approved(lines: readonly string[], options: TestPortsOptions = {}): Promise<Harness> {
  const harness = await startCore({
    settings: { autonomy: 'autopilot' },
    ...options,
    files: {
      [specFile('requirements.md')]: REQUIREMENTS,
      [specFile('design.md')]: DESIGN,
      [specFile('tasks.md')]: tasksText(...lines),
      ...options.files,
    },
  });
  await approveAll(harness.core, SPEC);
  return harness;
}

export const boxes = ({ ports }: Harness) =>
  [...(ports.files.text(TASKS) ?? '').matchAll(/\[(.)\]\*? (.*)/g)].map(([, box, title]) => `${box}${title}`);

export const ONE = ['- [ ] 1. Sweep', '  - _Verify: npm test_'];
