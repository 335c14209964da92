/**
 * Approves the sample in `media/sample` as it stands, with a key that is made here, used once and thrown away:
 * `npx tsx test/support/signSample.ts`, after each change of the sample's documents.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../src/core/spec/parseConfig';
import { parseDocument } from '../../src/core/spec/parseDocument';
import { approvalHash, FILE_NAMES } from '../../src/core/spec/readSpec';
import { partsOf } from '../../src/core/workflow/approvals/parts';
import { addApprovals, signedText } from '../../src/core/workflow/approvals/records';
import { createNodeFiles } from '../../src/node/nodeFiles';
import { nodeHasher } from '../../src/node/nodePorts';
import { createSigner } from '../../src/node/signing/signatures';
import { repoRoot } from './host/paths';
import { memorySecret } from './testPorts';

const SPEC = join(repoRoot, 'media/sample/.kiro/specs/short-codes');
const BY = 'Mara (sample)';
const APPROVED = [
  ['requirements', '2026-11-02T09:12:00.000Z'],
  ['design', '2026-11-02T10:40:00.000Z'],
  ['tasks', '2026-11-02T11:05:00.000Z'],
] as const;

async function main(): Promise<void> {
  const signer = createSigner(memorySecret());
  const key = await signer.key();
  const read = (file: string) => readFileSync(join(SPEC, file), 'utf8');
  const spec = parseConfig(read('.config.kiro')).config.specId ?? '';
  writeFileSync(join(SPEC, '.earshot/approvals.jsonl'), '');
  for (const [kind, at] of APPROVED) {
    const document = FILE_NAMES[kind];
    const text = read(document);
    const parts = Object.fromEntries(partsOf(parseDocument(kind, text), nodeHasher));
    const facts = { spec, document, at, by: BY, hash: approvalHash(nodeHasher, kind, text), parts, key };
    const sig = await signer.sign(signedText(facts));
    await addApprovals(createNodeFiles(), SPEC.replaceAll('\\', '/'), [{ v: 2, ...facts, sig }]);
  }
  const constant = join(repoRoot, 'src/core/workflow/approvals/sampleKey.ts');
  const source = readFileSync(constant, 'utf8');
  writeFileSync(constant, source.replace(/SAMPLE_KEY = '.*'/, `SAMPLE_KEY = '${key}'`));
}

void main();
