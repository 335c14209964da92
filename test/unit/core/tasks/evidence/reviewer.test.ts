// Feature: run-engine, Property 7: The reviewer is of its own mind
// Verifies: run-engine#2.8
import assert from 'node:assert/strict';
import { readAnswers } from '../../../../../src/core/tasks/evidence/reviewAnswers';
import type { ReviewRequest } from '../../../../../src/core/tasks/evidence/reviewer';
import { Cancelled, createAbort } from '../../../../../src/core/util/abort';
import { createMemoryFiles } from '../../../../support/memoryFiles';
import { createScriptedModel, type ModelTurn } from '../../../../support/scriptedModel';
import { DESIGN, REQUIREMENTS, SPEC, specFile, startCore, tasksText } from '../../coreHarness';
import { taskOf } from './evidenceHarness';
import { reviewerOf } from './reviewerOf';

const TASK = taskOf('- [ ] 1. Expire links', '  - _Requirements: 1.1_');
const CRITERIA = [{ id: '1.1', text: 'WHEN a link is old, THE Store SHALL delete it.' }];
const LINKS = { path: 'src/links.ts', before: 'a\n', after: 'b\nc\n' };
const said = (met: boolean, ...places: readonly string[]): ModelTurn => ({
  text: JSON.stringify({ criteria: [{ id: '1.1', met, why: 'It says so.', places }] }),
});

async function open(
  turns: readonly ModelTurn[],
  more: Partial<ReviewRequest> = {},
  files: Readonly<Record<string, string>> = {},
) {
  const model = createScriptedModel({ turns });
  const { core, ports } = await startCore({
    model,
    settings: { autonomy: 'autopilot' },
    files: {
      [specFile('requirements.md')]: REQUIREMENTS,
      [specFile('design.md')]: DESIGN,
      [specFile('tasks.md')]: tasksText('- [ ] 1. Expire links'),
      'src/links.ts': LINKS.after,
      ...files,
    },
  });
  const spec = core.specs.get(SPEC);
  assert.ok(spec);
  const review = reviewerOf(core);
  const request = { spec, task: TASK, root: spec.root, criteria: CRITERIA, changes: [LINKS], ...more };
  const abort = createAbort();
  return { core, ports, model, abort, review: () => review(request, abort.signal) };
}

describe('the reviewer of a task', () => {
  it('has a session of its own, which sees the task, its criteria and the change, and can only look', async () => {
    const { core, model, review } = await open([
      { tools: [{ name: 'read_file', input: { path: 'src/links.ts' } }] },
      said(true, 'src/links.ts:2'),
    ]);
    const { session, answers } = await review();
    assert.deepEqual(answers, [{ id: '1.1', met: true, why: 'It says so.', places: ['src/links.ts:2'] }]);
    const { status, started } = core.sessions.get(session) ?? {};
    assert.deepEqual(
      [status, started?.kind, started?.title, started?.task],
      ['done', 'review', 'Review of 1 Expire links', '1'],
    );
    const [request] = model.requests;
    assert.deepEqual(request?.tools.map(({ name }) => name).sort(), [
      'glob',
      'list_files',
      'read_file',
      'search',
      'spec',
    ]);
    const text = JSON.stringify(request?.messages);
    for (const words of ['1.1: WHEN a link is old', '-a', '+b', 'Expire links'])
      assert.ok(text.includes(words));
  });

  it('cannot change anything, whatever it asks for', async () => {
    const { ports, review } = await open([
      { tools: [{ name: 'write_file', input: { path: 'src/links.ts', content: 'x' } }] },
      said(false),
    ]);
    await review();
    assert.equal(ports.files.text('/project/src/links.ts'), LINKS.after);
  });

  it('is not shown what rules hide, and is told what is too long', async () => {
    const { model, review } = await open(
      [said(false)],
      {
        changes: [
          LINKS,
          { path: 'secret.env', before: undefined, after: 'KEY=hidden-words\n' },
          { path: 'old.env', before: 'KEY=hidden-words\n', after: undefined },
          { path: 'big.json', before: '', after: 'long-words\n'.repeat(5000) },
          { path: 'a.png', before: undefined, after: undefined, binary: true },
        ],
      },
      { '.kiroignore': '*.env\n', 'secret.env': 'KEY=hidden-words\n' },
    );
    await review();
    const text = JSON.stringify(model.requests[0]?.messages);
    assert.doesNotMatch(text, /hidden-words|long-words|\.env/);
    assert.match(text, /not shown: big\.json, a\.png/);
  });

  it('is asked once more where it shows nothing, and then counts as not convinced', async () => {
    const { model, review } = await open([
      said(true),
      said(true, 'src/other.ts:1', 'src/links.ts:900', '../x:1'),
    ]);
    const { answers } = await review();
    assert.deepEqual(answers, [
      { id: '1.1', met: false, why: 'The reviewer points at no line that shows it. It says so.', places: [] },
    ]);
    assert.equal(model.requests.length, 2);
    assert.match(JSON.stringify(model.requests[1]?.messages.at(-1)), /1\.1 is said to be met, but no place/);
  });

  it('fails where no answer can be read, and says so', async () => {
    const { core, review } = await open([{ text: 'Looks good to me!' }, { text: 'Still good.' }]);
    await assert.rejects(review(), /The review could not be read/);
    assert.deepEqual(
      core.sessions.known.map(({ state }) => state.status),
      ['failed'],
    );
  });

  it('judges a task without criteria by its own words', async () => {
    const { model, review } = await open(
      [{ text: '{"criteria":[{"id":"1","met":true,"places":["src/links.ts:1"]}]}' }],
      { criteria: [] },
    );
    assert.deepEqual(
      (await review()).answers.map(({ id, met }) => [id, met]),
      [['1', true]],
    );
    assert.match(JSON.stringify(model.requests[0]?.messages), /1: Expire links/);
  });

  it('stops when the run does', async () => {
    const { core, abort, review } = await open([{ text: 'x', hold: new Promise(() => {}) }]);
    const running = review();
    running.catch(() => {});
    abort.abort(new Cancelled());
    await assert.rejects(running, Cancelled);
    assert.ok(core.sessions.known.every(({ state }) => state.status === 'cancelled'));
  });
});

describe('the answer of a reviewer', () => {
  const files = createMemoryFiles({ root: '/w', files: { 'a.ts': '1\n2\n' } });
  const read = (text: string) => readAnswers(files, '/w', [{ id: '1.1' }, { id: 'GE-1' }], text);

  it('is found among other words, ids as somebody types them', async () => {
    const { answers, fault } = await read(
      'Well:\n```json\n{"criteria":[{"id":" ge-1","met":false,"why":"No."},{"id":"1.1","met":true,"why":"","places":["a.ts:2-3"]}]}\n```',
    );
    assert.equal(fault, undefined);
    assert.deepEqual(
      answers?.map(({ id, met }) => [id, met]),
      [
        ['1.1', true],
        ['GE-1', false],
      ],
    );
  });

  it('lacks nothing without being told so', async () => {
    const { answers, fault } = await read('{"criteria":[{"id":"1.1","met":false,"why":"No."}]}');
    assert.match(fault ?? '', /GE-1 is not answered/);
    assert.deepEqual(answers?.at(-1), {
      id: 'GE-1',
      met: false,
      why: 'The reviewer did not judge it.',
      places: [],
    });
  });

  for (const text of ['', 'no', '{', '{"criteria": "yes"}', '{"criteria":[{"id":1}]}', '[]'])
    it(`is none in ${JSON.stringify(text)}`, async () => assert.equal((await read(text)).answers, undefined));
});
