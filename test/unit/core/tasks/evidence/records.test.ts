import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  evidenceOf,
  evidencePath,
  parseEvidence,
  readEvidence,
  recordEvidence,
  taskHash,
} from '../../../../../src/core/tasks/evidence/records';
import { shareable } from '../../../../../src/core/tasks/evidence/shareable';
import { createMemoryFiles } from '../../../../support/memoryFiles';
import { runs } from '../../../../support/soak';
import { hasher, judged, result, taskOf } from './evidenceHarness';

const ROOT = '/home/ada/links';
const SPEC = `${ROOT}/.kiro/specs/links`;

function open() {
  const files = createMemoryFiles({ root: ROOT, files: {} });
  return {
    files,
    record: (evidence: ReturnType<typeof judged>) => recordEvidence(files, SPEC, ROOT, evidence),
  };
}

describe('evidence beside a spec', () => {
  it('is one line a task, of its last try, and git merges it', async () => {
    const { files, record } = open();
    await record(judged());
    await record(judged({ task: taskOf('- [ ] 1. Expire links'), after: {}, tries: 2 }));
    const second = { ...judged(), task: '2' };
    await record(second);
    const lines = (files.text(evidencePath(SPEC)) ?? '').trimEnd().split('\n');
    assert.deepEqual(
      parseEvidence(lines.join('\n')).map(({ task, tries, verdict }) => [task, tries, verdict]),
      [
        ['1', 2, 'refuted'],
        ['2', 1, 'proved'],
      ],
    );
    assert.deepEqual(lines, [...lines].sort());
    assert.match(files.text(`${SPEC}/.earshot/.gitattributes`) ?? '', /merge=union/);
  });

  it('keeps lines that it cannot read, and reads none of them', async () => {
    const { files, record } = open();
    await files.writeText(evidencePath(SPEC), '{"v":2,"task":"1"}\n<<<<<<<\n{"v":1,"task":"9"}\n');
    await record(judged());
    assert.equal((await readEvidence(files, SPEC)).length, 1);
    assert.match(files.text(evidencePath(SPEC)) ?? '', /"v":2.*\n/);
    assert.match(files.text(evidencePath(SPEC)) ?? '', /<<<<<<</);
  });

  it('is none where a part of it is something else', () => {
    const evidence = judged({ criteria: [{ id: '1.1', text: '', tests: [] }], before: {} });
    const parts: Record<string, unknown> = { ...evidence };
    for (const [name, wrong] of [
      ['verdict', 'great'],
      ['reasons', [1]],
      ['checks', [{ command: 'x' }]],
      ['checks', [{ ...evidence.checks[0], after: null }]],
      ['files', ['a.ts']],
      ['criteria', [{ id: '1.1', status: 'proved' }]],
      ['suspicions', [null]],
      ['review', [{}]],
      ['tries', '1'],
    ] as const)
      assert.deepEqual(parseEvidence(JSON.stringify({ ...parts, [name]: wrong })), [], name);
    assert.equal(parseEvidence(JSON.stringify(parts)).length, 1);
  });

  it('is none where there is no file, or none that can be read', async () => {
    const { files } = open();
    assert.deepEqual(await readEvidence(files, SPEC), []);
    await files.writeText(evidencePath(SPEC), 'x');
    files.fail(evidencePath(SPEC), 'read', 'permission');
    assert.deepEqual(await readEvidence(files, SPEC), []);
  });
});

describe('the evidence of a task', () => {
  const task = taskOf('- [ ] 1. Expire links', '  - Links of 30 days are gone', '  - _Requirements: 1.1_');
  const hash = taskHash(hasher, task);
  const evidence = judged({ task, hash });

  it('is for its words, whatever its box and number', () => {
    const ticked = taskOf(
      '- [x] 1. Expire links',
      '  - Links of 30 days are gone',
      '  - _Requirements: 1.1_',
    );
    assert.equal(taskHash(hasher, ticked), hash);
    assert.deepEqual(evidenceOf([evidence], ticked, hash), { evidence, stale: false });
    assert.deepEqual(evidenceOf([evidence], { ...task, id: '7' }, hash), { evidence, stale: false });
  });

  const edits: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ['its title', ['- [ ] 1. Expire old links', '  - Links of 30 days are gone', '  - _Requirements: 1.1_']],
    ['a detail', ['- [ ] 1. Expire links', '  - Links of 60 days are gone', '  - _Requirements: 1.1_']],
    ['a requirement', ['- [ ] 1. Expire links', '  - Links of 30 days are gone', '  - _Requirements: 1.2_']],
    [
      'its check',
      [
        '- [ ] 1. Expire links',
        '  - Links of 30 days are gone',
        '  - _Requirements: 1.1_',
        '  - _Verify: make_',
      ],
    ],
    [
      'its boundary',
      [
        '- [ ] 1. Expire links',
        '  - Links of 30 days are gone',
        '  - _Requirements: 1.1_',
        '  - _Boundary: src_',
      ],
    ],
  ];
  for (const [what, lines] of edits)
    it(`is stale when ${what} is changed`, () => {
      const changed = taskOf(...lines);
      assert.deepEqual(evidenceOf([evidence], changed, taskHash(hasher, changed)), { evidence, stale: true });
    });

  it('is the newest of several, and none of another task', () => {
    const later = { ...evidence, at: '2026-11-28T10:00:00.000Z', tries: 3 };
    assert.equal(evidenceOf([later, evidence], task, hash)?.evidence, later);
    assert.equal(evidenceOf([evidence, later], task, hash)?.evidence, later);
    assert.equal(evidenceOf([evidence], { ...task, id: '2' }, 'sha256:other'), undefined);
  });
});

describe('what is shared', () => {
  const secret = ['sk', 'ant', 'api03-abcdefghijklmnop'].join('-');
  const tail = `${'x'.repeat(5000)}\nError at ${ROOT}/src/a.ts:3\n  at /home/grace/.nvm/node.js\nC:\\Users\\ada\\x\nAPI_KEY=${secret}`;
  const why = `“cd ${ROOT} && make” did not end.`;
  const failed = result('failed', [1, 1], { tail, why, failing: [`${ROOT}/src/a.ts > fails`], ran: ['a'] });
  const evidence = judged({
    before: { 'npm test': failed },
    after: { 'npm test': failed },
    nothingToChange: `See ${ROOT}/notes with ${secret}`,
  });
  const text = JSON.stringify(shareable(evidence, ROOT));

  it('has no secrets, no folders of this machine, and is short', () => {
    for (const word of [secret, ROOT, 'ada', 'grace'])
      assert.ok(!text.includes(word), `${word} is in ${text}`);
    assert.match(text, /src\/a\.ts:3/);
    assert.ok(text.length < 4000, `${text.length} characters`);
    assert.ok(!text.includes('"ran"'));
  });

  it('tells folders beside the workspace apart', () => {
    const beside = result('failed', undefined, { tail: '/w/app2/a.ts /w/app/b.ts /w/app' });
    const [check] = shareable(judged({ before: {}, after: { 'npm test': beside } }), '/w/app').checks;
    assert.equal(check?.after.tail, '/w/app2/a.ts b.ts .');
  });

  it('is read again as it was written', () => {
    const word = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), word, (failing, said) => {
        const after = { 'npm test': result('failed', [1, 2], { failing, tail: said }) };
        const shared = shareable(judged({ before: {}, after, cost: 0.1 }), ROOT);
        assert.deepEqual(parseEvidence(`${JSON.stringify(shared)}\n`), [shared]);
      }),
      runs(100),
    );
  });
});
