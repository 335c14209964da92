import assert from 'node:assert/strict';
import { modelFor, readModelSettings } from '../../../src/core/modelSettings';
import { createScriptedModel } from '../../support/scriptedModel';
import { approveAll } from './approveAll';
import { DESIGN, REQUIREMENTS, SPEC, specFile, startCore, tasksText } from './coreHarness';
import { documentFor } from './workflow/promptCases';

const NOTHING = { model: undefined, models: undefined, thinking: undefined, effort: undefined };

describe('settings of models', () => {
  it('say nothing where nothing is set', () => {
    assert.deepEqual(readModelSettings(NOTHING), {
      values: { model: '', models: {}, thinking: 'default', effort: 'default' },
      problems: [],
    });
  });

  it('give a role its own model, and the others the one', () => {
    const { values, problems } = readModelSettings({
      ...NOTHING,
      model: ' one ',
      models: { drafting: 'two', review: '' },
      effort: 'high',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      (['drafting', 'coding', 'review'] as const).map((role) => modelFor(values, role)),
      ['two', 'one', 'one'],
    );
    assert.equal(values.effort, 'high');
  });

  it('tell each thing that is wrong, and what holds until it is mended', () => {
    const { values, problems } = readModelSettings({
      model: 7,
      models: { draftng: 'a', coding: 3 },
      thinking: 'hard',
      effort: ['low'],
    });
    assert.deepEqual(values, { model: '', models: {}, thinking: 'default', effort: 'default' });
    const words = problems.join('\n');
    for (const part of [
      /“earshot\.model” is no text/,
      /no role “draftng”\. Use drafting, coding, review/,
      /names no model for coding/,
      /“earshot\.thinking” is "hard"\. Use default, adaptive, off/,
      /“earshot\.effort” is \["low"\]/,
    ])
      assert.match(words, part);
    assert.match(readModelSettings({ ...NOTHING, models: 'a' }).problems[0] ?? '', /such as \{"drafting"/);
  });

  it('are asked for by what a request is for', async () => {
    const roles: (string | undefined)[] = [];
    const model = createScriptedModel({ answer: (request) => ({ text: documentFor(request) }) });
    const { core } = await startCore({
      files: {
        [specFile('requirements.md')]: REQUIREMENTS,
        [specFile('design.md')]: DESIGN,
        [specFile('tasks.md')]: tasksText('- [ ] 1. Do it', '  - _Verify: check_'),
      },
      with: {
        models: {
          current: async (role) => {
            roles.push(role);
            return { model };
          },
          onDidChange: () => ({ dispose() {} }),
        },
      },
      answers: () => 'yes',
      commands: () => 0,
    });
    await approveAll(core, SPEC);
    await core.tasks.run(SPEC, '1');
    assert.equal(roles.at(-1), 'coding');
    await (await core.workflow.requestChanges(SPEC, 'design', 'Shorter.')).done;
    assert.equal(roles.at(-1), 'review');
    await (await core.workflow.newSpec('/project', 'other', 'Another idea')).done;
    assert.equal(roles.at(-1), 'drafting');
  });
});
