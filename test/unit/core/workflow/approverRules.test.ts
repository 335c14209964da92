// Feature: workflow-engine, Property 7: As many as were asked for
// Verifies: workflow-engine#3.4, #3.6
/** A workspace that asks for more than one person's yes. */
import assert from 'node:assert/strict';
import type { DocumentSnapshot } from '../../../../src/core/spec/model';
import { votesWords } from '../../../../src/core/spec/phase';
import { approvalHash, approvalName } from '../../../../src/core/spec/readSpec';
import { readApproverRules } from '../../../../src/core/workflow/approvals/approverRules';
import {
  approvalsPath,
  parseApprovals,
  type SignedRecord,
  signedText,
} from '../../../../src/core/workflow/approvals/records';
import { nodeHasher } from '../../../../src/node/nodePorts';
import { createSigner } from '../../../../src/node/signing/signatures';
import { memorySecret } from '../../../support/testPorts';
import { type Harness, HOME, REQUIREMENTS, SPEC, specFile, startCore } from '../coreHarness';

const PATH = approvalsPath(SPEC);
const SETTINGS = '/project/.kiro/settings/earshot.json';

type Approvals = { readonly rules?: unknown; readonly people?: unknown };

async function start(approvals: Approvals): Promise<Harness> {
  return startCore({
    files: {
      [specFile('requirements.md')]: REQUIREMENTS,
      '.kiro/settings/earshot.json': JSON.stringify({ approvals }),
    },
  });
}

const requirements = ({ core }: Harness): DocumentSnapshot | undefined => core.specs.get(SPEC)?.documents[0];
const words = (harness: Harness) => {
  const document = requirements(harness);
  return document && votesWords(document.votes, document.state);
};

async function write({ ports }: Harness, path: string, text: string): Promise<void> {
  await ports.files.writeText(path, text);
  await ports.clock.advance(1100);
}

/** Somebody else, on another machine. */
async function somebody(by: string) {
  const signer = createSigner(memorySecret());
  const key = await signer.key();
  return {
    key,
    async approve(harness: Harness, text = REQUIREMENTS): Promise<SignedRecord> {
      const facts = {
        spec: approvalName(harness.core.specs.get(SPEC)?.specId, SPEC),
        document: 'requirements.md',
        at: '2026-11-01T00:00:00.000Z',
        by,
        hash: approvalHash(nodeHasher, 'requirements', text),
        parts: {},
        key,
      };
      const record: SignedRecord = { v: 2, ...facts, sig: await signer.sign(signedText(facts)) };
      const before = harness.ports.files.text(PATH) ?? '';
      await write(harness, PATH, `${before}${JSON.stringify(record)}\n`);
      return record;
    },
  };
}

describe('Two approvers', () => {
  const rules = [{ documents: '**/requirements.md', approvers: 2 }];

  it('approve a document together, each by their own key', async () => {
    const harness = await start({ rules });
    assert.equal(words(harness), '0 of 2 approvals');
    await harness.core.workflow.approve(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'draft');
    assert.equal(words(harness), '1 of 2 approvals (Ada)');
    await (await somebody('Grace')).approve(harness);
    assert.equal(requirements(harness)?.state, 'claimed');
    await harness.core.workflow.acceptKey(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'approved');
    assert.equal(words(harness), undefined);
  });

  it('are not one person twice, with the same key or with two', async () => {
    const harness = await start({ rules });
    await harness.core.workflow.approve(SPEC, 'requirements');
    await assert.rejects(harness.core.workflow.approve(SPEC, 'requirements'), {
      name: 'ActError',
      message: 'You have approved requirements.md as it is: 1 of 2 approvals (Ada).',
    });
    await (await somebody('Ada')).approve(harness);
    await harness.core.workflow.acceptKey(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'draft');
  });

  it('have approved nothing when each approved another text', async () => {
    const harness = await start({ rules });
    await (await somebody('Grace')).approve(harness, `${REQUIREMENTS}\nMore.\n`);
    await harness.core.workflow.acceptKey(SPEC, 'requirements');
    await harness.core.workflow.approve(SPEC, 'requirements');
    assert.equal(words(harness), '1 of 2 approvals (Ada)');
    assert.notEqual(requirements(harness)?.state, 'approved');
  });

  it('are asked for as soon as the workspace says so, and no longer than that', async () => {
    const harness = await startCore({ files: { [specFile('requirements.md')]: REQUIREMENTS } });
    await harness.core.workflow.approve(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'approved');
    await write(harness, SETTINGS, JSON.stringify({ approvals: { rules } }));
    assert.equal(requirements(harness)?.state, 'draft');
    await write(harness, SETTINGS, '{}');
    assert.equal(requirements(harness)?.state, 'approved');
  });

  it('are asked for where the pattern says, and one is enough elsewhere', async () => {
    const harness = await start({ rules: [{ documents: '**/design.md', approvers: 2 }] });
    await harness.core.workflow.approve(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'approved');
    assert.equal(requirements(harness)?.votes, undefined);
  });

  it('that were two stay what counts when the text is edited', async () => {
    const harness = await start({ rules });
    await harness.core.workflow.approve(SPEC, 'requirements');
    await (await somebody('Grace')).approve(harness);
    await harness.core.workflow.acceptKey(SPEC, 'requirements');
    await write(harness, `${SPEC}/requirements.md`, `${REQUIREMENTS}\nMore.\n`);
    assert.equal(requirements(harness)?.state, 'changed');
    assert.equal(words(harness), '0 of 2 approvals');
  });
});

describe('A role', () => {
  const rules = [{ documents: '**', roles: ['security'] }];

  it('is filled by whom this person accepted with it', async () => {
    const grace = await somebody('Grace');
    const people = [{ name: 'Grace', key: grace.key, roles: ['security'] }];
    const harness = await start({ rules, people });
    await harness.core.workflow.approve(SPEC, 'requirements');
    assert.equal(words(harness), '1 of 1 approval (Ada), none of security');
    await grace.approve(harness);
    assert.deepEqual(requirements(harness)?.claim?.roles, ['security']);
    await harness.core.workflow.acceptKey(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'approved');
  });

  it('that a repository gives to somebody who was accepted without it is asked about first', async () => {
    const grace = await somebody('Grace');
    const harness = await start({ rules });
    await grace.approve(harness);
    await harness.core.workflow.acceptKey(SPEC, 'requirements');
    assert.notEqual(requirements(harness)?.state, 'approved');
    const people = [{ name: 'Grace', key: grace.key, roles: ['security'] }];
    await write(harness, SETTINGS, JSON.stringify({ approvals: { rules, people } }));
    assert.equal(requirements(harness)?.state, 'claimed');
    assert.equal(requirements(harness)?.claim?.standing, 'role');
    await harness.core.workflow.acceptKey(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'approved');
    assert.match(harness.ports.files.text(`${HOME}/keys.jsonl`) ?? '', /"roles":\["security"\]/);
  });

  it('and whose approvals count are said for one workspace, and hold in no other', async () => {
    const grace = await somebody('Grace');
    const people = [{ name: 'Grace', key: grace.key, roles: ['security'] }];
    const harness = await start({ rules, people });
    const record = await grace.approve(harness);
    await harness.core.workflow.acceptKey(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'approved');
    // Another repository, with the same content, record and words about roles.
    const { files } = harness.ports;
    const other = '/elsewhere/.kiro/specs/links';
    await files.writeText(`${other}/requirements.md`, REQUIREMENTS);
    await files.writeText(approvalsPath(other), `${JSON.stringify(record)}\n`);
    await files.writeText('/elsewhere/.kiro/settings/earshot.json', files.text(SETTINGS) ?? '');
    const { core } = await startCore({ ports: harness.ports, roots: ['/project', '/elsewhere'] });
    assert.equal(core.specs.get(SPEC)?.documents[0]?.state, 'approved');
    assert.equal(core.specs.get(other)?.documents[0]?.state, 'claimed');
    assert.equal(core.specs.get(other)?.documents[0]?.claim?.standing, 'unknown');
  });

  it('that a repository gives to this person is theirs when they take it, there alone', async () => {
    const harness = await start({ rules });
    const { core, ports } = harness;
    const key = (await ports.signer?.key()) ?? '';
    await write(
      harness,
      SETTINGS,
      JSON.stringify({ approvals: { rules, people: [{ key, roles: ['security'] }] } }),
    );
    assert.deepEqual(await core.workflow.ownRoles('/project'), ['security']);
    await core.workflow.approve(SPEC, 'requirements');
    assert.notEqual(requirements(harness)?.state, 'approved');
    await core.workflow.acceptKey(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'approved');
    assert.deepEqual(await core.workflow.ownRoles('/project'), []);
    assert.match(ports.files.text(`${HOME}/keys.jsonl`) ?? '', /"roles":\["security"\],"root":"\/project"/);
  });

  it('that is taken with the approval fills it at once', async () => {
    const harness = await start({ rules });
    const key = (await harness.ports.signer?.key()) ?? '';
    await write(
      harness,
      SETTINGS,
      JSON.stringify({ approvals: { rules, people: [{ key, roles: ['security'] }] } }),
    );
    await harness.core.workflow.approve(SPEC, 'requirements', undefined, ['security', 'invented']);
    assert.equal(requirements(harness)?.state, 'approved');
  });

  it('proposed for a stranger makes nothing count', async () => {
    const stranger = await somebody('Mallory');
    const people = [{ name: 'Mallory', key: stranger.key, roles: ['security'] }];
    const harness = await start({ rules: [{ documents: '**', approvers: 1 }, ...rules], people });
    await stranger.approve(harness);
    assert.equal(requirements(harness)?.state, 'claimed');
    assert.equal(parseApprovals(harness.ports.files.text(PATH) ?? '').length, 1);
  });
});

describe('What a workspace says about approvers', () => {
  const told = (approvals: unknown) =>
    readApproverRules(JSON.stringify({ approvals })).findings.map(({ message }) => message);

  it('adds up: the strictest of all rules that match', () => {
    const text = JSON.stringify({
      approvals: {
        rules: [
          { documents: '**/requirements.md', approvers: 3, roles: ['product'] },
          { documents: '.kiro/specs/pay*/**', approvers: 2, roles: ['security'] },
        ],
      },
    });
    const { needs } = readApproverRules(text).rules;
    assert.deepEqual(needs('.kiro/specs/payment/requirements.md'), {
      approvers: 3,
      roles: ['product', 'security'],
    });
    assert.deepEqual(needs('.kiro/specs/payment/tasks.md'), { approvers: 2, roles: ['security'] });
    assert.deepEqual(needs('.kiro/specs/links/tasks.md'), { approvers: 1, roles: [] });
  });

  it('is told where it cannot be read, and the rest counts', () => {
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [7, /“approvals” should be an object/],
      [{ rules: 7 }, /“rules” should be a list/],
      [{ rules: [{ approvers: 2 }] }, /names its documents by a pattern/],
      [{ rules: [{ documents: '**', approvers: 0 }] }, /whole number from 1 to 20/],
      [{ rules: [{ documents: '**', approvers: 'two' }] }, /whole number/],
      [{ rules: [{ documents: '**', roles: 'security' }] }, /list of names/],
      [{ people: [{ name: 'Ada' }] }, /public key and roles/],
    ];
    for (const [approvals, pattern] of cases) {
      assert.equal(told(approvals).length, 1, JSON.stringify(approvals));
      assert.match(told(approvals)[0] ?? '', pattern);
    }
    const half = JSON.stringify({
      approvals: { rules: [{ approvers: 2 }, { documents: '**', approvers: 2 }] },
    });
    assert.equal(readApproverRules(half).rules.needs('x').approvers, 2);
    for (const text of ['', '{', 'null', '[]'])
      assert.equal(readApproverRules(text).rules.needs('x').approvers, 1);
  });
});
