/** The tool spec, in a task session over a real store. */
import assert from 'node:assert/strict';
import { createMemoryFiles } from '../../../support/memoryFiles';
import { createScriptedModel } from '../../../support/scriptedModel';
import { approveAll } from '../approveAll';
import { SPEC, specFile, startCore, tasksText } from '../coreHarness';
import { toolUser } from './toolHarness';

const REQUIREMENTS = `# Requirements Document

## Requirements

### Requirement 1: Expiry

**User Story:** As a writer, I want links to expire, so that old ones do no harm.

#### Acceptance Criteria

1. WHEN 30 days have passed, THE Shortener SHALL delete the link.
2. IF a link has expired, THEN THE Shortener SHALL answer with status 404.

### Requirement 2: Limits

#### Acceptance Criteria

1. THE Shortener SHALL keep fast.
`;
const TASKS = tasksText(
  '- [x] 1. Delete old links',
  '  - Sweep once a day',
  '  - _Requirements: 1.1_',
  '- [ ] 2. Answer with 404',
  '  - _Requirements: 1.2_',
  '  - _Verify: node --test_',
);

/** What the model is told about each call. */
async function ask(...inputs: readonly object[]): Promise<readonly string[]> {
  const tools = inputs.map((input) => ({ name: 'spec', input }));
  const model = createScriptedModel({ turns: [{ tools }, { text: 'Done.' }] });
  const files = {
    [specFile('requirements.md')]: REQUIREMENTS,
    [specFile('design.md')]: '# Design\n\n## Overview\n\nA sweep.\n',
    [specFile('tasks.md')]: TASKS,
    'test/sweep.test.js': '// Verifies: links#1.1\n',
  };
  const { core } = await startCore({ model, files, answers: () => 'yes', commands: () => 0 });
  await approveAll(core, SPEC);
  await core.tasks.run(SPEC, '2');
  const content = model.requests.at(-1)?.messages.at(-1)?.content ?? [];
  return content.flatMap((block) => (block.type === 'tool_result' ? [block.content] : []));
}

describe('the tool spec', () => {
  it('shows criteria, requirements and tasks by their ids, and an overview without', async () => {
    const [one, whole, all, task, tasks] = await ask(
      { action: 'criterion', id: '1.2' },
      { action: 'criterion', id: '1' },
      { action: 'criterion' },
      { action: 'task', id: '1' },
      { action: 'task' },
    );
    const expired = '1.2 IF a link has expired, THEN THE Shortener SHALL answer with status 404.';
    const head = 'Requirement 1: Expiry [2 criteria]';
    assert.equal(one, `${expired}\n(of ${head})`);
    assert.match(
      whole ?? '',
      /^Requirement 1: Expiry \[2 criteria\]\nAs a writer, .*\n1\.1 WHEN .*\n1\.2 IF /,
    );
    assert.equal(all, `${head}\nRequirement 2: Limits [1 criteria]`);
    assert.equal(task, '[x] 1 Delete old links\n- Sweep once a day\nRequirements: 1.1');
    assert.equal(tasks, '[x] 1 Delete old links\n[ ] 2 Answer with 404');
  });

  it('shows what covers a criterion, what lacks cover, and what is wrong', async () => {
    const [one, gaps, findings] = await ask(
      { action: 'trace', id: '1.1' },
      { action: 'trace' },
      { action: 'findings' },
    );
    assert.equal(one, '1.1: covered\n- task 1\n- test test/sweep.test.js:1');
    assert.match(
      gaps ?? '',
      /^1 of 3 criteria covered, 0 suspect\.\n1\.2 lacks test\n2\.1 lacks task, test$/,
    );
    assert.match(findings ?? '', /^requirements\.md:18 \w+ [A-Z]\d+: .*fast/m);
  });

  it('says which ids there are, and that there is no specification', async () => {
    const [criterion, task, trace] = await ask(
      { action: 'criterion', id: '9.9' },
      { action: 'task', id: '9' },
      { action: 'trace', id: '9.9' },
    );
    assert.equal(criterion, 'There is no criterion or requirement 9.9. There are 1, 2.');
    assert.equal(task, 'There is no task 9. There are 1, 2.');
    assert.equal(trace, 'There is no criterion 9.9. There are 1.1, 1.2, 2.1.');
    const { refusal } = toolUser(createMemoryFiles());
    assert.match(await refusal('spec', { action: 'task' }), /works on no specification/);
  });
});
