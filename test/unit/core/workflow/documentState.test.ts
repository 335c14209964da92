/** The state of a document is one fact, derived from texts, records and logs, with one word everywhere. */
import assert from 'node:assert/strict';
import type { PhaseState } from '../../../../src/core/spec/model';
import { type StateFacts, stateFrom, stateWords } from '../../../../src/core/spec/phase';
import { commentsPath } from '../../../../src/core/workflow/comments/records';
import { createScriptedModel } from '../../../support/scriptedModel';
import { approveAll } from '../approveAll';
import { DESIGN, REQUIREMENTS, SPEC, specFile, startCore, tasksText } from '../coreHarness';

const SHORTER = REQUIREMENTS.replace('30 days', '3 days');
const TASKS = tasksText('- [ ] 1. Sweep', '  - _Requirements: 1.1_');
const FILES = { [specFile('requirements.md')]: REQUIREMENTS };

async function reviewed(...answers: readonly { text: string; hold?: Promise<unknown> }[]) {
  const model = createScriptedModel({ turns: answers });
  const harness = await startCore({ model, files: FILES });
  const { core, ports } = harness;
  const words = () => {
    const document = core.specs.get(SPEC)?.documents[0];
    return document && stateWords(document);
  };
  const say = async (text: string) => {
    const spec = core.specs.get(SPEC);
    assert.ok(spec);
    await core.comments.comment(spec, 'requirements', { start: 0, end: 0 }, text);
    const request = await core.comments.request(spec, 'requirements');
    const { done, session } = await core.workflow.requestChanges(SPEC, 'requirements', request?.text ?? '');
    await request?.sent();
    return { done, session };
  };
  const resolve = async () => {
    const spec = core.specs.get(SPEC);
    assert.ok(spec);
    for (const { id } of await core.comments.threads(spec, 'requirements'))
      await core.comments.resolve(spec, id, true);
    await core.specs.refresh(SPEC);
  };
  return { ...harness, model, words, say, resolve, advance: () => ports.clock.advance(1000) };
}

describe('The state of a document', () => {
  it('is derived from what is known of it, the strongest fact first', () => {
    const plain: StateFacts = {
      written: true,
      draft: undefined,
      approved: undefined,
      claimed: false,
      requested: false,
    };
    const cases: readonly (readonly [Partial<StateFacts>, PhaseState])[] = [
      [{ written: false }, 'missing'],
      [{ written: false, draft: 'drafting' }, 'drafting'],
      [{ draft: 'drafting', requested: true }, 'drafting'],
      [{ draft: 'incomplete', requested: true, approved: 'another' }, 'incomplete'],
      [{ draft: 'incomplete', approved: 'this' }, 'approved'],
      [{}, 'draft'],
      [{ requested: true }, 'requested'],
      [{ requested: true, claimed: true }, 'claimed'],
      [{ requested: true, approved: 'another' }, 'changed'],
      [{ requested: true, approved: 'this' }, 'approved'],
    ];
    for (const [facts, state] of cases) assert.equal(stateFrom({ ...plain, ...facts }), state);
  });

  it('is told with what else is open in it', () => {
    const told = (state: PhaseState, requested = false, suspects = 0) =>
      stateWords({ state, requested, suspects });
    assert.equal(told('draft'), 'in review');
    assert.equal(told('requested', true), 'changes requested');
    assert.equal(told('approved', true, 2), 'approved, changes requested, 2 suspect');
    assert.equal(told('missing', false, 2), 'not written');
  });

  it('is “changes requested” while a revision is made and waits, and not when it failed or was decided', async () => {
    let answer = () => {};
    const hold = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { core, words, advance } = await reviewed({ text: SHORTER, hold }, { text: '' });
    assert.equal(words(), 'in review');
    const { done, session } = await core.workflow.requestChanges(SPEC, 'requirements', 'Sooner');
    assert.equal(words(), 'changes requested');
    answer();
    await done;
    assert.equal(words(), 'changes requested');
    await core.workflow.decideRevision(session, false);
    assert.equal(words(), 'in review');
    await advance();
    const failing = await core.workflow.requestChanges(SPEC, 'requirements', 'Sooner');
    assert.equal(words(), 'changes requested');
    await assert.rejects(failing.done);
    assert.equal(words(), 'in review');
    await core.workflow.approve(SPEC, 'requirements');
    assert.equal(words(), 'approved');
  });

  it('is “changes requested” until the comments that were sent are resolved, for everyone who has them', async () => {
    const { core, ports, words, say, resolve } = await reviewed({ text: SHORTER });
    const { done, session } = await say('Sooner, please.');
    await done;
    await core.workflow.decideRevision(session, true);
    assert.equal(words(), 'changes requested');
    const comments = commentsPath(SPEC);
    const files = {
      [specFile('requirements.md')]: SHORTER,
      [comments]: ports.files.text(comments) ?? '',
    };
    const teammate = await startCore({ files });
    assert.equal(teammate.core.specs.get(SPEC)?.documents[0]?.state, 'requested');
    await resolve();
    assert.equal(words(), 'in review');
  });

  it('of an approved text stays so; what is asked for after that is told beside it', async () => {
    const { core, words, say, advance } = await reviewed({ text: SHORTER }, { text: SHORTER });
    const first = await say('Sooner, please.');
    await first.done;
    await core.workflow.decideRevision(first.session, true);
    await advance();
    await core.workflow.approve(SPEC, 'requirements');
    assert.equal(words(), 'approved', 'the approval settles what was asked for before it');
    await advance();
    const second = await say('Sooner still.');
    await second.done.catch(() => {});
    await core.specs.refresh(SPEC);
    assert.equal(words(), 'approved, changes requested');
  });

  it('counts the parts that rest on a criterion which was edited since', async () => {
    const { core, ports } = await startCore({
      files: { ...FILES, [specFile('design.md')]: DESIGN, [specFile('tasks.md')]: TASKS },
    });
    await approveAll(core, SPEC);
    const told = () => core.specs.get(SPEC)?.documents.map(stateWords);
    assert.deepEqual(told(), ['approved', 'approved', 'approved']);
    await ports.files.writeText(`${SPEC}/requirements.md`, SHORTER);
    await core.specs.refresh(SPEC);
    assert.deepEqual(told()?.[0], 'changed since approval');
    assert.deepEqual(told()?.[2], 'approved, 1 suspect');
  });
});
