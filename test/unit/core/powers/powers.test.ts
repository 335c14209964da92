import assert from 'node:assert/strict';
import { isAbout } from '../../../../src/core/powers/powersAround';
import { createScriptedModel } from '../../../support/scriptedModel';
import { startCore, until } from '../coreHarness';

const POWER =
  '---\nname: stripe\ndisplayName: Stripe\nkeywords: ["payments", "check out"]\n---\n# Onboarding\nAsk for a key.\n';
const FILES = {
  '/src/stripe/POWER.md': POWER,
  '/src/stripe/steering/refunds.md': 'Refund within a day.',
  '/src/stripe/mcp.json': '{"mcpServers":{"pay":{"command":"npx","args":["pay"]}}}',
  '/src/plugin/plugin.json': '{"name":"deploy-kit","description":"Deploys.","version":"1.0.0"}',
  '/src/plugin/skills/deploy/SKILL.md': '---\nname: deploy\n---\n',
};
const TARGET = '/home/ada/.kiro/powers/stripe';
const to = { root: '/project', scope: 'user' } as const;

describe('a power', () => {
  it('is installed when all that it brings was shown, comes in by its words, and goes', async () => {
    const model = createScriptedModel({ answer: () => ({ text: 'Ok.' }) });
    const { core, ports } = await startCore({ model, files: FILES, answers: ['install'] });
    await core.powers.install('/src/stripe', to);
    const [question] = ports.person.questions;
    for (const shown of ['payments', 'steering/refunds.md', '• Server “pay”: npx pay'])
      assert.ok(question?.detail.includes(shown), shown);
    assert.equal(ports.files.text(`${TARGET}/POWER.md`), POWER);
    const say = async (text: string) => {
      const id = await core.chats.start('/project', { text });
      await until(ports, () => core.sessions.get(id)?.status !== 'running' && !core.sessions.isLive(id));
      return JSON.stringify(model.requests.at(-1)?.messages);
    };
    assert.doesNotMatch(await say('Pay for lunch'), /Onboarding/);
    const sent = await say('Add Payments to the shop.');
    assert.match(sent, /power:stripe/);
    assert.match(sent, /Ask for a key\..*Refund within a day\./);
    await core.powers.remove('/project', 'stripe');
    assert.deepEqual(await core.powers.list('/project'), []);
    assert.equal(ports.files.text(`${TARGET}/POWER.md`), undefined);
  });

  it('may be a plugin with skills, in the workspace', async () => {
    const { core, ports } = await startCore({ files: FILES, answers: ['install'] });
    const power = await core.powers.install('/src/plugin', { root: '/project', scope: 'workspace' });
    assert.equal(power.folder, '/project/.kiro/powers/deploy-kit');
    assert.deepEqual(power.skills, ['skills/deploy/SKILL.md']);
    assert.notEqual(ports.files.text('.kiro/powers/deploy-kit/plugin.json'), undefined);
  });

  it('is not installed without a yes, over another, from what is none, or with links in it', async () => {
    const files = { ...FILES, '/src/none/a.md': '', '/src/up/POWER.md': '---\nname: ../up\n---\n' };
    const { core, ports } = await startCore({ files, answers: [undefined, 'install'] });
    await assert.rejects(core.powers.install('/src/stripe', to), /nobody has agreed/);
    assert.equal(ports.files.text(`${TARGET}/POWER.md`), undefined);
    await assert.rejects(core.powers.install('/src/none', to), /neither POWER\.md/);
    await assert.rejects(core.powers.install('/src/up', to), /no name for a power/);
    await core.powers.install('/src/stripe', to);
    await assert.rejects(core.powers.install('/src/stripe', to), /there already/);
    ports.files.link('/src/plugin/skills/out', '/etc');
    await assert.rejects(core.powers.install('/src/plugin', to), /skills\/out is a link/);
  });

  it('is about whole words', () => {
    const power = { keywords: ['payments', 'check out', '…'] };
    for (const text of ['Payments!', 'a check-out page', 'payments'])
      assert.equal(isAbout(power, text), true, text);
    for (const text of ['prepayments', 'check it out', '']) assert.equal(isAbout(power, text), false, text);
  });
});
