import { strict as assert } from 'node:assert';
import { orphanWords, strayGraph } from '../../../src/core/trace/report/traceWords';
import { REQUIREMENTS, startCore } from '../core/coreHarness';

const ROOT_SPECS = '.kiro/specs';
const documents = (...keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [`${ROOT_SPECS}/${key}/requirements.md`, REQUIREMENTS]));

/** `payments/refunds: test/a.ts:1` of each spec that tests verify, and what leads nowhere. */
async function traced(keys: readonly string[], tests: Readonly<Record<string, string>>) {
  const { core } = await startCore({ files: { ...documents(...keys), ...tests } });
  const tested: string[] = [];
  for (const spec of core.specs.all) {
    const { criteria } = await core.trace.graph(spec);
    const labels = criteria.flatMap(({ levels }) => levels.test.links.map(({ label }) => label));
    tested.push(`${spec.path.split(`${ROOT_SPECS}/`)[1]}: ${labels.join(' ')}`.trim());
  }
  const [root = ''] = core.specs.roots;
  return { tested: tested.sort(), strays: (await core.trace.strays(root)).map(orphanWords) };
}

describe('The spec that a tag means', () => {
  it('is the one at that place, also in a group', async () => {
    const { tested, strays } = await traced(['payments/refunds', 'shop/refunds'], {
      'test/a.ts': '// Verifies: payments/refunds#1.1',
      'test/b.ts': '// Verifies: shop/refunds#1.1',
    });
    assert.deepEqual(tested, ['payments/refunds: test/a.ts:1', 'shop/refunds: test/b.ts:1']);
    assert.deepEqual(strays, []);
  });

  it('is the only one of that name, whichever group it is in', async () => {
    const tests = { 'test/a.ts': '// Verifies: refunds#1.1' };
    assert.deepEqual((await traced(['payments/refunds', 'other'], tests)).tested, [
      'other:',
      'payments/refunds: test/a.ts:1',
    ]);
    // At that place before anywhere else.
    assert.deepEqual((await traced(['payments/refunds', 'refunds'], tests)).tested, [
      'payments/refunds:',
      'refunds: test/a.ts:1',
    ]);
  });

  it('is none where several or none are called so, and that is told', async () => {
    const { tested, strays } = await traced(['payments/refunds', 'shop/refunds'], {
      'src/a.ts': '// Implements: refunds#1.1',
      'test/b.ts': '\n// Feature: gone, Property 1',
    });
    assert.deepEqual(tested, ['payments/refunds:', 'shop/refunds:']);
    assert.deepEqual(strays, [
      'code src/a.ts:1 names spec refunds, which may be payments/refunds or shop/refunds',
      'test test/b.ts:2 names spec gone, which is not there',
    ]);
  });

  it('may be archived', async () => {
    const { strays } = await traced(['doors'], {
      '.kiro/archive/specs/pay/old/requirements.md': REQUIREMENTS,
      'test/a.ts': '// Verifies: old#1.1\n// Verifies: pay/old#1.1',
    });
    assert.deepEqual(strays, []);
  });

  it('is called by its group in a report where another one has its name', async () => {
    const { core } = await startCore({ files: documents('payments/refunds', 'shop/refunds', 'doors') });
    const graphs = await Promise.all(core.specs.all.map((spec) => core.trace.graph(spec)));
    assert.deepEqual(graphs.map(({ spec }) => spec).sort(), ['doors', 'payments/refunds', 'shop/refunds']);
  });

  it('is told of by itself in a report', () => {
    const { spec, orphans, criteria } = strayGraph([
      { from: 'test:a.ts', label: 'a.ts:1', to: 'spec gone', place: { path: 'a.ts', line: 1 } },
    ]);
    assert.deepEqual([spec, orphans.length, criteria.length], ['(no spec)', 1, 0]);
  });
});
