import assert from 'node:assert/strict';
import { createRestorableTurns } from '../../../src/vscode/features/agentView/restorableTurns';
import { createScriptedModel } from '../../support/scriptedModel';
import { latest, startCore, until } from '../core/coreHarness';

describe('messages that can be restored to', () => {
  it('are those with a checkpoint, told when one is taken or read', async () => {
    const model = createScriptedModel({ turns: [{ text: 'Yes.' }] });
    const { core, ports } = await startCore({ model, files: { 'a.txt': 'one\n' } });
    const session = await core.chats.start('/project', { text: 'Is it so?' });
    await until(ports, () => core.sessions.get(session)?.status === 'done');
    const turn = latest(core).items.find((item) => item.type === 'user')?.seq ?? -1;
    let told = 0;
    const turns = createRestorableTurns(core, () => told++);
    await core.checkpoints.take('/project', { kind: 'person', label: 'not of this session' });
    await core.checkpoints.take('/project', { kind: 'turn', session, turn });
    turns.of(session);
    await until(ports, () => turns.of(session).length > 0);
    assert.deepEqual(turns.of(session), [turn]);
    assert.ok(told > 0, 'the view was not told');
    turns.dispose();
  });

  it('are none in what is no conversation, and none where the store cannot be read', async () => {
    const model = createScriptedModel({ turns: [{ text: 'Yes.' }] });
    const { core, ports } = await startCore({ model });
    const session = await core.chats.start('/project', { text: 'Is it so?' });
    await until(ports, () => core.sessions.get(session)?.status === 'done');
    let asked = 0;
    const list = async () => {
      asked++;
      throw new Error('no store');
    };
    const turns = createRestorableTurns({ ...core, checkpoints: { ...core.checkpoints, list } }, () => {});
    assert.deepEqual(turns.of('unknown'), []);
    assert.equal(asked, 0);
    assert.deepEqual(turns.of(session), []);
    await until(ports, () => asked === 1);
    assert.deepEqual(turns.of(session), []);
    assert.equal(asked, 1, 'it is not asked again with each event');
  });
});
