import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ModelRequest } from '../../../../src/core/agent/turn/model';
import { parseDocument } from '../../../../src/core/spec/parseDocument';
import { readTexts } from '../../../../src/core/spec/readTexts';
import { flattenTasks } from '../../../../src/core/spec/tasks/taskTree';
import { partsIn, putParts, unitsAbout, unitsOf } from '../../../../src/core/workflow/drafting/revisedParts';
import { taskSlices } from '../../../../src/core/workflow/drafting/slices';
import { createScriptedModel } from '../../../support/scriptedModel';
import { runs } from '../../../support/soak';
import { latest, REQUIREMENTS, SPEC, specFile, startCore, tasksText } from '../coreHarness';
import { DESIGN, LARGE, NUMBERS, TASKS } from './largeSpec';

const said = (request: ModelRequest | undefined) => JSON.stringify(request?.messages);

describe('a revision of parts', () => {
  const files = { [specFile('requirements.md')]: LARGE };

  async function revised(about: readonly string[], ...texts: readonly string[]) {
    const model = createScriptedModel({ turns: texts.map((text) => ({ text })) });
    const { core } = await startCore({ model, files });
    await (await core.workflow.requestChanges(SPEC, 'requirements', 'Say it.', about)).done;
    return { model, after: latest(core).revision?.after };
  }
  const part = (n: number, text: string) =>
    `<part name="Requirement ${n}">\n### Requirement ${n}: Part ${n}\n\n#### Acceptance Criteria\n\n1. ${text}\n</part>`;

  it('asks for the whole document where parts are not enough, or are not what was asked for', async () => {
    for (const answer of ['NEEDS THE WHOLE DOCUMENT', part(2, 'THE Link_Store SHALL listen.'), 'No.']) {
      const { model, after } = await revised(['1.2'], answer, REQUIREMENTS);
      assert.equal(after, REQUIREMENTS);
      assert.ok(said(model.requests[1]).includes('event 8.5'));
    }
  });

  it('keeps what was right when the rest is mended', async () => {
    const { after } = await revised(
      ['1.2', 'Requirement 2'],
      `${part(1, 'THE Link_Store SHALL listen.')}\n${part(2, 'THE Link_Store SHALL [TODO].')}`,
      part(2, 'THE Link_Store SHALL speak.'),
    );
    assert.ok(after?.includes('SHALL listen.') && after.includes('SHALL speak.') && !after.includes('TODO'));
  });

  it('is one of the whole where a comment is about none of them, or about most', async () => {
    for (const about of [['## Introduction'], ['Requirement 9'], NUMBERS.map((n) => `Requirement ${n}`)]) {
      const { model } = await revised(about, REQUIREMENTS);
      assert.ok(model.requests[0]?.system.startsWith('Role: revise requirements'));
    }
  });

  it('puts every part back where it was, whatever the parts', () => {
    fc.assert(
      fc.property(fc.constantFrom('requirements', 'design', 'tasks'), fc.nat(), (kind, seed) => {
        const text = { requirements: LARGE, design: DESIGN, tasks: TASKS }[kind];
        const units = unitsOf(parseDocument(kind, text));
        const chosen = units.filter((_, index) => (seed >> (index % 16)) % 2 === 1);
        const answer = chosen.map(({ name, text }) => `<part name="${name}">\n${text}\n</part>`).join('\n');
        const parts = partsIn(units, answer);
        assert.equal(chosen.length === 0 ? text : putParts(text, units, parts ?? new Map()), text);
      }),
      runs(50),
    );
  });
});

describe('slices', () => {
  const documents = readTexts({ requirements: LARGE, design: DESIGN, tasks: TASKS });
  const task = (key: string) => {
    const found = flattenTasks(documents.tasks?.tasks ?? []).find((each) => each.id === key);
    assert.ok(found);
    return found;
  };

  it('are of everything a parent’s sub-tasks name', () => {
    const text = JSON.stringify(taskSlices(documents, task('5')));
    assert.ok(text.includes('event 5.2') && !text.includes('event 6.1'));
  });

  it('are none where a task names nothing, everything, or what is not there', () => {
    for (const line of ['', '_Requirements: All_', '_Requirements: 9.9_']) {
      const tasks = tasksText('- [ ] 1. Do it', `  - ${line || 'somehow'}`);
      const read = readTexts({ requirements: LARGE, tasks });
      const only = read.tasks?.tasks[0];
      assert.ok(only);
      assert.equal(taskSlices(read, only), undefined);
    }
  });

  it('leave nothing out that names no criterion', () => {
    const design = `${DESIGN}\n## Security\n\nNobody reads the links of others.\n`;
    const text = JSON.stringify(taskSlices({ ...documents, ...readTexts({ design }) }, task('1.1')));
    assert.ok(text.includes('Nobody reads') && text.includes('One table.'));
  });

  it('find the unit of a comment by the names of its parts', () => {
    const design = parseDocument('design', DESIGN);
    const names = (about: readonly string[]) => unitsAbout(design, about)?.map(({ name }) => name);
    assert.deepEqual(names(['Property 2', '## Part 1']), ['Part 1', 'Property 2']);
    assert.equal(names(['no such part']), undefined);
  });
});
