// Feature: workflow-engine, Property 5: Only a signature approves
// Verifies: workflow-engine#3.1, #3.3, #3.4, #3.7
/** Only a person's signature approves: what else says “approved” is a claim. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DocumentSnapshot } from '../../../../src/core/spec/model';
import { approvalHash } from '../../../../src/core/spec/readSpec';
import {
  approvalsPath,
  parseApprovals,
  type SignedRecord,
  signedText,
} from '../../../../src/core/workflow/approvals/records';
import { nodeHasher } from '../../../../src/node/nodePorts';
import { createSigner, nodeSignatures } from '../../../../src/node/signing/signatures';
import { runs } from '../../../support/soak';
import { memorySecret } from '../../../support/testPorts';
import { type Harness, HOME, REQUIREMENTS, SPEC, specFile, startCore } from '../coreHarness';

const PATH = approvalsPath(SPEC);
const FILES = { [specFile('requirements.md')]: REQUIREMENTS };

function requirements({ core }: Harness, spec = SPEC): DocumentSnapshot | undefined {
  return core.specs.get(spec)?.documents[0];
}

/** Writes a file as git or an agent would, and lets the store see it. */
async function write({ ports }: Harness, path: string, text: string): Promise<void> {
  await ports.files.writeText(path, text);
  await ports.clock.advance(1100);
}

/** The record of an approval that this person gave. */
async function approved(): Promise<{ readonly harness: Harness; readonly record: SignedRecord }> {
  const harness = await startCore({ files: FILES });
  await harness.core.workflow.approve(SPEC, 'requirements');
  const [record] = parseApprovals(harness.ports.files.text(PATH) ?? '');
  assert.ok(record?.v === 2);
  return { harness, record };
}

/** By somebody whose key this person has not accepted. */
async function strangers(more: Partial<SignedRecord> = {}): Promise<SignedRecord> {
  const signer = createSigner(memorySecret());
  const facts = {
    spec: 'links',
    document: 'requirements.md',
    at: '2026-11-01T00:00:00.000Z',
    by: 'Grace',
    hash: approvalHash(nodeHasher, 'requirements', REQUIREMENTS),
    parts: {},
    key: await signer.key(),
  };
  return { v: 2, ...facts, sig: await signer.sign(signedText(facts)), ...more };
}

describe('An approval record', () => {
  it('signed by this person approves, also after a restart', async () => {
    const { harness, record } = await approved();
    assert.equal(requirements(harness)?.state, 'approved');
    assert.equal(record.by, 'Ada');
    const again = await startCore({ ports: harness.ports });
    assert.equal(requirements(again)?.state, 'approved');
  });

  it('that an agent wrote without a signature is a claim', async () => {
    const harness = await startCore({ files: FILES });
    const hash = approvalHash(nodeHasher, 'requirements', REQUIREMENTS);
    const line = { v: 1, document: 'requirements.md', at: '2026-11-01T00:00:00.000Z', by: 'Ada', hash };
    await write(harness, PATH, JSON.stringify(line));
    assert.equal(requirements(harness)?.state, 'claimed');
    assert.equal(requirements(harness)?.claim?.standing, 'unsigned');
    assert.equal(requirements(harness)?.approval, undefined);
  });

  it('with another name, text, date or key than was signed is forged', async () => {
    const { harness, record } = await approved();
    const altered = fc.constantFrom<keyof SignedRecord>('by', 'at', 'hash', 'key', 'sig', 'parts');
    await fc.assert(
      fc.asyncProperty(altered, fc.string({ minLength: 1 }), async (field, value) => {
        const forged = {
          ...record,
          [field]: field === 'parts' ? { '1.1': value } : `${record[field]}${value}`,
        };
        await write(harness, PATH, JSON.stringify(forged));
        assert.notEqual(requirements(harness)?.state, 'approved');
        assert.equal(requirements(harness)?.claim?.standing, 'forged');
      }),
      runs(20),
    );
  });

  it('copied from another spec, or given to another text, approves nothing', async () => {
    const { harness, record } = await approved();
    const other = '/project/.kiro/specs/other';
    await write(harness, `${other}/requirements.md`, REQUIREMENTS);
    await write(harness, approvalsPath(other), JSON.stringify(record));
    assert.equal(requirements(harness, other)?.state, 'claimed');
    assert.equal(requirements(harness, other)?.claim?.standing, 'copied');
    await write(harness, `${SPEC}/requirements.md`, REQUIREMENTS.replace('30', '60'));
    assert.equal(requirements(harness)?.state, 'changed');
  });

  it('of a stranger counts from when the person accepts the key, and only then', async () => {
    const harness = await startCore({ files: FILES });
    const record = await strangers();
    await write(harness, PATH, JSON.stringify(record));
    assert.equal(requirements(harness)?.state, 'claimed');
    assert.equal(requirements(harness)?.claim?.by, 'Grace');
    await harness.core.workflow.acceptKey(SPEC, 'requirements');
    assert.equal(requirements(harness)?.state, 'approved');
    assert.match(harness.ports.files.text(`${HOME}/keys.jsonl`) ?? '', new RegExp(record.key));
    await assert.rejects(harness.core.workflow.acceptKey(SPEC, 'requirements'), { reason: 'invalid' });
  });

  it('that is forged or unsigned has no key to accept', async () => {
    const harness = await startCore({ files: FILES });
    await write(harness, PATH, JSON.stringify(await strangers({ by: 'Ada' })));
    assert.equal(requirements(harness)?.claim?.standing, 'forged');
    await assert.rejects(harness.core.workflow.acceptKey(SPEC, 'requirements'), { reason: 'invalid' });
  });

  it('stands beside a claim of the same text', async () => {
    const { harness, record } = await approved();
    await write(
      harness,
      PATH,
      [await strangers({ at: '2027-01-01T00:00:00.000Z' }), record]
        .map((each) => JSON.stringify(each))
        .join('\n'),
    );
    assert.equal(requirements(harness)?.state, 'approved');
    assert.equal(requirements(harness)?.approval?.by, 'Ada');
    assert.equal(requirements(harness)?.claim, undefined);
  });

  it('cannot be made where no key is: in a terminal', async () => {
    const harness = await startCore({ files: FILES, with: { signer: undefined } });
    await assert.rejects(harness.core.workflow.approve(SPEC, 'requirements'), { message: /in the editor/ });
    assert.equal(harness.ports.files.text(PATH), undefined);
  });
});

describe('The signing key', () => {
  it('is made once, and lies nowhere but in its place', async () => {
    const place = memorySecret();
    const { ports, core } = await startCore({ files: FILES, with: { signer: createSigner(place) } });
    await core.workflow.approve(SPEC, 'requirements');
    const secret = JSON.parse((await place.get()) ?? '') as { readonly d: string; readonly x: string };
    assert.equal(await createSigner(place).key(), secret.x);
    const texts = [PATH, `${HOME}/keys.jsonl`].map((path) => ports.files.text(path) ?? '');
    for (const text of [...texts, ...ports.logged]) assert.ok(!text.includes(secret.d));
    assert.ok(texts.every((text) => text.includes(secret.x)));
  });

  it('signs what its public half verifies, and nothing else', async () => {
    const signer = createSigner(memorySecret());
    const key = await signer.key();
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (text, other) => {
        const signature = await signer.sign(text);
        assert.equal(nodeSignatures.verify(key, text, signature), true);
        assert.equal(nodeSignatures.verify(key, other, signature), other === text);
        assert.equal(nodeSignatures.verify(other, text, signature), false);
        assert.equal(nodeSignatures.verify(key, text, other), false);
      }),
      runs(30),
    );
  });
});
