// Feature: mcp-engine, Property 9: Another agent only says things
// Verifies: mcp-engine#5.1-5.4, #5.6
/** What another agent gets of the specs, and what it cannot do to them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ToolRefusal } from '../../../../src/core/agent/turn/toolRefusal';
import { DESK_TOOLS, INSTRUCTIONS, InvalidInput } from '../../../../src/core/mcpServer';
import { createDesk } from '../../../../src/core/mcpServer/desk';
import { DESK_TOOL_NAMES } from '../../../../src/core/mcpServer/toolNames';
import { parseClaims } from '../../../../src/core/tasks/evidence/claims';
import { createAbort } from '../../../../src/core/util/abort';
import { foldComments } from '../../../../src/core/workflow/comments/records';
import { runs } from '../../../support/soak';
import { createTestPorts, type TestPorts } from '../../../support/testPorts';
import { DESIGN, HOME, REQUIREMENTS, specFile, tasksText } from '../coreHarness';

const TASKS = tasksText(
  '- [x] 1. Prepare',
  '- [ ] 2. Sweep',
  '  - Delete old links',
  '  - _Requirements: 1.1_',
  '  - _Verify: npm test_',
  '- [ ] 3. Tell owners',
  '  - _Requirements: 1.1_',
);
const FILES = {
  [specFile('requirements.md')]: REQUIREMENTS,
  [specFile('design.md')]: DESIGN,
  [specFile('tasks.md')]: TASKS,
};
const COMMENTS = '/project/.kiro/specs/links/.earshot/comments.jsonl';
const CLAIMS = '/project/.kiro/specs/links/.earshot/claims.jsonl';

function start(files: Readonly<Record<string, string>> = FILES) {
  const ports = createTestPorts({ files });
  const desk = createDesk(ports, { root: '/project', home: HOME });
  const call = async (name: string, input: unknown = {}) => {
    const tool = DESK_TOOLS.find(({ definition }) => definition.name === name);
    assert.ok(tool, name);
    return tool.call(input, { desk, client: 'codex (agent)', signal: createAbort().signal });
  };
  const say = async (name: string, input: unknown = {}) => (await call(name, input)).text;
  return { ports, call, say };
}

/** Everything but what may be added beside a spec. */
function untouched({ files }: TestPorts): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files.snapshot()).filter(([path]) => !path.includes('/.earshot/')),
  );
}

describe('tools for other agents', () => {
  it('are ten at most, and their definitions cost 2,000 tokens at most', () => {
    const definitions = DESK_TOOLS.map(({ definition }) => definition);
    const tokens = Math.ceil(Buffer.byteLength(JSON.stringify([INSTRUCTIONS, definitions])) / 4);
    assert.ok(definitions.length <= 10, `${definitions.length} tools`);
    assert.ok(tokens <= 2000, `${tokens} tokens`);
    assert.deepEqual(definitions.map(({ name }) => name).sort(), [...DESK_TOOL_NAMES].sort());
  });

  it('list the specs with what is approved and done, for people and for programs', async () => {
    const { call } = start();
    const { text, structured } = await call('list_specs');
    assert.equal(text, 'links: requirements in review; design in review; tasks in review; 1 of 3 tasks done');
    assert.deepEqual(structured, {
      specs: [
        {
          name: 'links',
          type: 'feature',
          documents: { requirements: 'draft', design: 'draft', tasks: 'draft' },
          done: 1,
          total: 3,
        },
      ],
    });
    assert.match((await start({}).call('list_specs')).text, /has no specs/);
  });

  it('give a document, and one thing by its id', async () => {
    const { say } = start();
    assert.equal(await say('get_spec', { spec: 'links', document: 'design' }), DESIGN);
    assert.match(await say('get_spec', { spec: 'links' }), /Requirement 1: Expiry \[1\.1\]/);
    assert.match(await say('get_item', { spec: 'links', kind: 'criterion', id: '1.1' }), /30 days old/);
    assert.match(await say('get_item', { spec: 'links', kind: 'task', id: '2' }), /\[ \] 2 Sweep/);
    assert.match(await say('trace', { spec: 'links' }), /0 of 1 criteria covered/);
    assert.match(await say('findings', { spec: 'links' }), /requirements\.md:\d+|tasks\.md:\d+|No findings/);
  });

  it('say what there is where something is not', async () => {
    const { say } = start();
    await assert.rejects(say('get_spec', { spec: 'nope' }), {
      message: 'There is no spec nope. There are: links.',
    });
    await assert.rejects(say('get_item', { spec: 'links', kind: 'task', id: '9' }), /There are 1, 2, 3/);
    await assert.rejects(say('get_item', { spec: 'links', kind: 'property', id: '9' }), /There are: none/);
    await assert.rejects(say('get_spec', { spec: 'links', document: 'bugfix' }), /has no bugfix/);
    await assert.rejects(say('get_spec', { name: 'links' }), InvalidInput);
  });

  it('give the next task with all it needs, and go on when it was reported, its box left alone', async () => {
    const { ports, say } = start();
    const first = await say('next_task');
    for (const part of ['Task 2 of the spec links: Sweep', '30 days old', 'npm test', 'Nobody approved'])
      assert.ok(first.includes(part), `${part} in ${first}`);
    const before = untouched(ports);
    const answer = await say('report_evidence', {
      spec: 'links',
      task: '2',
      summary: 'Swept. token=abcdef123456 sk-ant-abcdefghijk',
      files: ['src/sweep.ts', '/project/test/sweep.test.ts'],
      commands: [{ command: 'npm test', exitCode: 1 }],
    });
    assert.match(answer, /You say yourself that this failed: npm test/);
    assert.match(answer, /box stays as it is/);
    assert.deepEqual(untouched(ports), before);
    const [claim, ...others] = parseClaims(ports.files.text(CLAIMS) ?? '');
    assert.deepEqual(others, []);
    assert.equal(claim?.by, 'codex (agent)');
    assert.deepEqual(claim?.files, ['src/sweep.ts', 'test/sweep.test.ts']);
    assert.ok(!claim?.summary.includes('abcdefghijk'));
    assert.equal(ports.files.text('/project/.kiro/specs/links/.earshot/evidence.jsonl'), undefined);
    assert.match(await say('get_item', { spec: 'links', kind: 'task', id: '2' }), /not checked yet: Swept/);
    const next = await say('next_task', { spec: 'links' });
    assert.match(next, /Task 3 of the spec links/);
    assert.match(next, /reported and not yet checked: task 2/);
    await say('report_evidence', { spec: 'links', task: '3', summary: 'Told.' });
    assert.match(await say('next_task'), /No task can be begun now/);
  });

  it('offer a task again that is another one now', async () => {
    const { ports, say } = start();
    await say('report_evidence', { spec: 'links', task: '2', summary: 'Swept.' });
    await ports.files.writeText('/project/.kiro/specs/links/tasks.md', TASKS.replace('Sweep', 'Sweep daily'));
    assert.match(await say('next_task'), /Task 2 of the spec links: Sweep daily/);
  });

  it('take no file outside of the workspace for what was changed', async () => {
    const { say } = start();
    for (const file of ['../other/a.ts', '/etc/passwd', 'a/../../b', 'C:\\a.ts'])
      await assert.rejects(
        say('report_evidence', { spec: 'links', task: '2', summary: 'x', files: [file] }),
        ToolRefusal,
      );
  });

  it('propose an edit as a comment, never in the document', async () => {
    const { ports, say } = start();
    const before = untouched(ports);
    const edit = { spec: 'links', document: 'requirements', old: '30 days old', new: '``` 60 days old' };
    assert.match(await say('propose_edit', { ...edit, why: 'As sales says' }), /a person decides/);
    assert.deepEqual(untouched(ports), before);
    const [thread] = foldComments(ports.files.text(COMMENTS) ?? '');
    assert.equal(thread?.part, '1.1');
    assert.equal(thread?.quote, '30 days old');
    assert.equal(thread?.comments[0]?.by, 'codex (agent)');
    assert.match(
      thread?.comments[0]?.text ?? '',
      /^Proposed edit: As sales says\n\n````diff\n-30 days old\n\+``` 60/,
    );
    await assert.rejects(say('propose_edit', { ...edit, old: 'nowhere', why: 'x' }), /copy it/);
    await assert.rejects(say('propose_edit', { ...edit, old: 'links', why: 'x' }), /more than once/);
    await assert.rejects(say('propose_edit', { ...edit, new: edit.old, why: 'x' }), /nothing is proposed/);
  });

  it('see what was changed between two calls', async () => {
    const { ports, say } = start();
    await say('next_task');
    await ports.files.writeText('/project/.kiro/specs/links/tasks.md', TASKS.replace('[ ] 2', '[x] 2'));
    assert.match(await say('next_task'), /Task 3 /);
    await ports.files.writeText('/project/.kiro/specs/second/requirements.md', REQUIREMENTS);
    assert.match(await say('list_specs'), /second: requirements in review/);
  });

  it('see nothing that .kiroignore or a rule keeps from agents, nor where a link leads out', async () => {
    const secret = '.kiro/specs/secret/requirements.md';
    const ignored = start({ ...FILES, [secret]: REQUIREMENTS, '.kiroignore': '.kiro/specs/secret/\n' });
    assert.ok(!(await ignored.say('list_specs')).includes('secret'));
    const rules = 'rules:\n  - capability: fs_read\n    effect: deny\n    match: [".kiro/specs/secret/**"]\n';
    const denied = start({ ...FILES, [secret]: REQUIREMENTS, [`${HOME}/permissions.yaml`]: rules });
    assert.match(await denied.say('list_specs'), /^links: [^\n]+$/);
    const linked = start({ ...FILES, '/elsewhere/requirements.md': REQUIREMENTS });
    linked.ports.files.link('/project/.kiro/specs/outside', '/elsewhere');
    assert.ok(!(await linked.say('list_specs')).includes('outside'));
    linked.ports.files.link('/project/.kiro/specs/links/.earshot', '/elsewhere');
    await assert.rejects(
      linked.say('report_evidence', { spec: 'links', task: '2', summary: 'x' }),
      /outside the workspace|not written/,
    );
    assert.deepEqual(
      Object.keys(linked.ports.files.snapshot()).filter((path) => path.startsWith('/elsewhere')),
      ['/elsewhere/requirements.md'],
    );
  });

  it('change no document and start nothing, whatever they are asked', async () => {
    const { ports, call } = start();
    const before = untouched(ports);
    const word = fc.oneof(
      fc.constantFrom('links', '1', '2', '1.1', '../links', 'tasks', 'requirements', 'Sweep', 'task', ''),
      fc.string(),
    );
    const input = fc.dictionary(
      fc.constantFrom('spec', 'id', 'kind', 'document', 'old', 'new', 'why', 'task', 'summary', 'files'),
      fc.oneof(word, fc.array(word, { maxLength: 3 }), fc.integer()),
    );
    const name = fc.constantFrom(...DESK_TOOLS.map(({ definition }) => definition.name));
    await fc.assert(
      fc.asyncProperty(name, input, async (tool, given) => {
        await call(tool, given).catch((error: unknown) =>
          assert.ok(error instanceof ToolRefusal || error instanceof InvalidInput, String(error)),
        );
        assert.deepEqual(untouched(ports), before);
      }),
      runs(60),
    );
    assert.deepEqual(ports.processes.runs, []);
  });
});
