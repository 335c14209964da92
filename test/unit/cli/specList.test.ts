import assert from 'node:assert/strict';
import { phaseOf, summarizeSpec } from '../../../src/cli/specSummary';
import { specTable } from '../../../src/cli/specTable';
import { createCore } from '../../../src/core';
import type { Spec } from '../../../src/core/spec/model';
import { createTestPorts } from '../../support/testPorts';
import { own } from '../../support/testStore';

async function specOf(documents: Readonly<Record<string, string>>, name = 'links'): Promise<Spec> {
  const files = Object.entries(documents).map(
    ([file, text]) => [`.kiro/specs/${name}/${file}`, text] as const,
  );
  const ports = createTestPorts({ files: Object.fromEntries(files) });
  const core = own(createCore(ports, { roots: [ports.root], home: '/home/.earshot', hostRunsHooks: false }));
  await core.specs.ready;
  const [spec] = core.specs.all;
  assert.ok(spec);
  return spec;
}

const CONFIG = '{"specType": "feature"}';

describe('phaseOf', () => {
  const cases: readonly (readonly [documents: Readonly<Record<string, string>>, phase: string])[] = [
    [{ '.config.kiro': CONFIG }, 'requirements'],
    [{ '.config.kiro': '{"specType": "bugfix"}' }, 'bugfix'],
    [{ 'requirements.md': '# R' }, 'requirements'],
    [{ 'bugfix.md': '# B' }, 'bugfix'],
    [{ 'requirements.md': '# R', 'design.md': '# D' }, 'design'],
    [{ 'design.md': '# D' }, 'design'],
    [{ 'bugfix.md': '# B', 'design.md': '# D', 'tasks.md': '- [ ] 1. A' }, 'tasks'],
    [{ 'tasks.md': '# Nothing here yet' }, 'tasks'],
    [{ 'tasks.md': '- [x] 1. A\n- [-] 2. B' }, 'tasks'],
    [{ 'tasks.md': '- [x] 1. A\n- [ ]* 2. B' }, 'done'],
  ];
  for (const [documents, phase] of cases) {
    it(`is ${phase} with ${Object.keys(documents).join(', ')}`, async () => {
      assert.equal(phaseOf(await specOf(documents)), phase);
    });
  }
});

describe('specTable', () => {
  const plain = (_: string, text: string) => text;

  it('is aligned, wide characters too', async () => {
    const specs = [
      await specOf({ 'requirements.md': '# R', 'tasks.md': '- [x] 1. A\n- [x] 2. B\n' }, '期限-links'),
      await specOf({ 'bugfix.md': '# B' }, 'crash'),
    ];
    assert.equal(
      specTable(
        specs.map((spec) => summarizeSpec(spec)),
        plain,
      ),
      [
        'SPEC         PHASE    REQUIREMENTS         DESIGN   TASKS       DONE',
        '期限-links   done     in review            –        in review   ▰▰▰▰▰▰▰▰▰▰ 2/2',
        'crash        bugfix   in review (bugfix)   –        –           –',
        '',
        '2 specs, 2 of 2 tasks done',
      ].join('\n'),
    );
  });

  it('shows a bar as full or empty only when it is', async () => {
    const bar = async (done: number, total: number) => {
      const lines = Array.from(
        { length: total },
        (_, index) => `- [${index < done ? 'x' : ' '}] ${index + 1}. T`,
      );
      return /[▰▱]+/.exec(
        specTable([summarizeSpec(await specOf({ 'tasks.md': lines.join('\n') }))], plain),
      )?.[0];
    };
    assert.deepEqual(
      [await bar(0, 3), await bar(1, 99), await bar(98, 99), await bar(99, 99)],
      ['▱▱▱▱▱▱▱▱▱▱', '▰▱▱▱▱▱▱▱▱▱', '▰▰▰▰▰▰▰▰▰▱', '▰▰▰▰▰▰▰▰▰▰'],
    );
  });

  it('prints no control character of a name', async () => {
    const table = specTable(
      [{ ...summarizeSpec(await specOf({ 'tasks.md': '' })), name: 'a\u001b[2Jb' }],
      plain,
    );
    assert.ok(table.includes('a[2Jb') && table.endsWith('1 spec, no tasks yet'));
  });
});
