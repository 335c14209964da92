/** Of a spec with 40 criteria, a request is told what its links reach, in fewer than half the tokens of all its files. */

import assert from 'node:assert/strict';
import type { Core } from '../../../../src/core';
import { createScriptedModel } from '../../../support/scriptedModel';
import { approveAll } from '../approveAll';
import { SPEC, specFile, startCore } from '../coreHarness';
import { CRITERIA, DESIGN, LARGE, TASKS } from './largeSpec';

type Name = 'requirements.md' | 'design.md' | 'tasks.md';

const TEXTS: Readonly<Record<Name, string>> = {
  'requirements.md': LARGE,
  'design.md': DESIGN,
  'tasks.md': TASKS,
};
const NAMES: readonly Name[] = ['requirements.md', 'design.md', 'tasks.md'];

interface Row {
  readonly act: (core: Core) => Promise<unknown>;
  /** The files of the spec; all where undefined. */
  readonly names?: readonly Name[];
  /** Edited by hand once all is approved. */
  readonly edit?: (requirements: string) => string;
  readonly told: readonly string[];
  readonly untold: readonly string[];
}

const draft = (kind: 'design' | 'tasks') => async (core: Core) =>
  (await core.workflow.draft(SPEC, kind)).done;
const revise =
  (kind: 'requirements' | 'design' | 'tasks', ...about: readonly string[]) =>
  async (core: Core) =>
    (await core.workflow.requestChanges(SPEC, kind, 'Say how.', about)).done;
const refine = (kind: 'design' | 'tasks') => async (core: Core) =>
  (await core.upkeep.refine(SPEC, kind)).done;

const SLOWER = (text: string) => text.replace('within 31 milliseconds', 'within 310 milliseconds');
const SIXTH = (text: string) =>
  text.replace('within 55 milliseconds.', 'within 55 milliseconds.\n6. THE Link_Store SHALL count events.');

/** What links lead to, and what they do not. */
const ROWS: Readonly<Record<string, Row>> = {
  'requirements, revised by comments on two criteria': {
    act: revise('requirements', '3.1', '5.2'),
    told: ['event 3.1 ', 'event 3.5 ', 'event 5.2 '],
    untold: ['event 4.1 ', 'Meets Requirements', 'Build it'],
  },
  'a design, revised by comments on a section and a property': {
    act: revise('design', '## Part 3', 'Property 5'),
    told: ['3.3 WHEN event 3.3 ', '## Part 3', 'Answers of part 5', '5.2 WHEN event 5.2 '],
    untold: ['event 4.1 ', 'event 5.3 ', 'Meets Requirements 4.1', 'Build it'],
  },
  'a design, refined after one criterion changed': {
    edit: SLOWER,
    act: refine('design'),
    told: ['within 31 milliseconds', 'within 310 milliseconds', '## Part 3', 'Answers of part 3'],
    untold: ['event 3.2 ', 'Meets Requirements 4.1', 'Build it'],
  },
  'tasks, refined after one criterion changed': {
    edit: SLOWER,
    act: refine('tasks'),
    told: ['within 31 milliseconds', 'within 310 milliseconds', '## Part 3', '3.1 Build it'],
    untold: ['event 3.2 ', 'Meets Requirements 4.1', '4.1 Build it'],
  },
  'tasks, with one missing for a new criterion': {
    edit: SIXTH,
    act: async (core) => (await core.upkeep.syncTasks(SPEC)).draft?.done,
    told: ['THE Link_Store SHALL count events.', '5.1 Build it'],
    untold: ['event 5.2 ', 'Meets Requirements 4.1', '4.1 Build it'],
  },
  'tasks, revised by a comment on one': {
    act: revise('tasks', '3'),
    told: ['3.1 WHEN event 3.1 ', '3.5 WHEN event 3.5 ', '## Part 3', 'Answers of part 3', '3.1 Build it'],
    untold: ['event 4.1 ', 'Meets Requirements 4.1', '_Requirements: 4.1'],
  },
  'a task, run': {
    act: (core) => core.tasks.run(SPEC, '3.1'),
    told: ['3.1 WHEN event 3.1 ', '3.2 WHEN', '## Part 3', '### Property 3', '- [ ] 8.1 Build it'],
    untold: ['event 3.3 ', 'event 4.1 ', 'Meets Requirements 4.1', '### Property 4'],
  },
};

const tokensOf = (text: string) => Math.ceil(Buffer.byteLength(text) / 4);

/** The words of the request that an act makes, role and all. */
async function asked({ act, names = NAMES, edit }: Pick<Row, 'act' | 'names' | 'edit'>) {
  const model = createScriptedModel({ answer: () => ({ text: '<none/>' }) });
  const files = Object.fromEntries(names.map((name) => [specFile(name), TEXTS[name]]));
  const { core, ports } = await startCore({ model, files, answers: () => 'yes', commands: () => 0 });
  await approveAll(core, SPEC);
  if (edit !== undefined) await ports.files.writeText(`${SPEC}/requirements.md`, edit(LARGE));
  await core.specs.refresh(SPEC);
  // What it answers is of no interest here: often it is refused.
  await act(core).catch(() => {});
  const [request] = model.requests;
  assert.ok(request);
  const words = request.messages.flatMap(({ content }) =>
    content.map((block) => (block.type === 'text' ? block.text : JSON.stringify(block))),
  );
  return { said: words.join('\n\n'), system: request.system };
}

describe('what a request is told of a spec with 40 criteria', () => {
  const whole = tokensOf(`${LARGE}${DESIGN}${TASKS}`);

  for (const [name, { told, untold, ...row }] of Object.entries(ROWS))
    it(`is for ${name} what links reach, and less than half of all files whole`, async () => {
      const { said, system } = await asked(row);
      const size = tokensOf(said) + tokensOf(system);
      for (const part of told) assert.ok(said.includes(part), part);
      for (const part of untold) assert.ok(!said.includes(part), part);
      assert.ok(size < whole / 2, `${size} of ${whole} tokens`);
    });

  it('is for a first design every criterion once and the requirements’ own words about them, since nothing links yet', async () => {
    const { said } = await asked({ act: draft('design'), names: ['requirements.md'] });
    for (const criterion of CRITERIA) assert.equal(said.split(criterion).length, 2, criterion);
    assert.ok(tokensOf(said) < tokensOf(LARGE) + 40, `${tokensOf(said)} tokens`);
  });

  it('is for first tasks every criterion once and the design, without what introduces the requirements', async () => {
    const { said } = await asked({ act: draft('tasks'), names: ['requirements.md', 'design.md'] });
    for (const criterion of CRITERIA) assert.equal(said.split(criterion).length, 2, criterion);
    assert.ok(said.includes(DESIGN.trim()));
    assert.ok(tokensOf(said) < tokensOf(`${LARGE}${DESIGN}`), `${tokensOf(said)} tokens`);
  });
});
