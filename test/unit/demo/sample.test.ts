/** What strangers see first, seen by our own reader: the sample's spec and the words of the demo. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LINT } from '../../../src/core/lint/config';
import { readSpec } from '../../../src/core/spec/readSpec';
import { SAMPLE_KEY } from '../../../src/core/workflow/approvals/sampleKey';
import { createNodeFiles } from '../../../src/node/nodeFiles';
import { nodeHasher } from '../../../src/node/nodePorts';
import { nodeSignatures } from '../../../src/node/signing/signatures';
import { lintText } from '../../support/lintText';

const media = join(__dirname, '../../../media');
const rules = (kind: 'requirements' | 'design' | 'tasks', file: string) =>
  lintText(readFileSync(join(media, 'demo', file), 'utf8'), kind).map(({ rule }) => rule);

describe('the sample', () => {
  it('has a finished spec, approved as it stands, with nothing wrong in it', async () => {
    const root = join(media, 'sample').replaceAll('\\', '/');
    const reader = {
      files: createNodeFiles(),
      hasher: nodeHasher,
      draftState: () => undefined,
      lint: () => DEFAULT_LINT,
      judge: async () => ({
        signatures: nodeSignatures,
        accepted: new Map([[SAMPLE_KEY, { name: 'sample', roles: [] }]]),
      }),
    };
    const spec = await readSpec(reader, root, `${root}/.kiro/specs/short-codes`);
    assert.deepEqual(
      spec?.documents.map(({ state }) => state),
      ['approved', 'approved', 'approved'],
    );
    assert.deepEqual(spec?.problems, []);
    assert.deepEqual(spec?.progress, { done: 6, total: 6 });
  });

  it('the demo’s requirements have one weak spot, which the revision mends', () => {
    assert.deepEqual(rules('requirements', 'requirements.md'), ['failure-as-when']);
    assert.deepEqual(rules('requirements', 'requirements.revised.md'), []);
  });

  it('the demo’s design and tasks have none', () => {
    const files = ['design.md', 'design.revised.md'] as const;
    assert.deepEqual(
      files.map((file) => rules('design', file)),
      [[], []],
    );
    assert.deepEqual(
      ['tasks.md', 'tasks.revised.md'].map((file) => rules('tasks', file)),
      [[], []],
    );
  });
});
