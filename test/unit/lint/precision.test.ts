/**
 * How often the rules that speak by default are right, on real specs: every finding was read in its context and
 * judged. The judgements are in `test/golden/judged-findings.jsonl`, without the texts.
 *
 * After a change of a rule, `UPDATE_GOLDENS=1 npx mocha test/unit/lint/precision.test.ts` takes out the judgements of
 * findings that are gone and adds the new findings with the verdict “?”. Read each one where it stands (the failure
 * prints it), and write `true` or `false` and why. A false one asks for a better rule first.
 */
import { strict as assert } from 'node:assert';
import { corpusRoot } from '../../support/corpus';
import {
  type CorpusFinding,
  corpusFindings,
  type JudgedFinding,
  keyOf,
  readJudgements,
  writeJudgements,
} from '../../support/judgedFindings';

const LEAST = 0.9;

describe('The findings that are shown by default, in real specs', () => {
  let findings: readonly CorpusFinding[] = [];
  let judgements: ReadonlyMap<string, JudgedFinding> = new Map();

  before(function () {
    if (corpusRoot() === undefined) {
      console.log('    no corpus here (EARSHOT_CORPUS), so these tests are skipped');
      this.skip();
    }
    findings = corpusFindings();
    if (process.env.UPDATE_GOLDENS === '1') update(findings);
    judgements = byKey(readJudgements());
  });

  after(() => {
    if (findings.length > 0) for (const row of table(findings, judgements)) console.log(row);
  });

  it('were each read and judged', () => {
    const open = findings.filter((finding) => !isDecided(judgements.get(keyOfFinding(finding))));
    const report = open.map(
      ({ path, problem: { code, rule, message }, context }) =>
        `${path}: ${code} ${rule}: ${message}\n    ${context}`,
    );
    assert.equal(report.length, 0, `not judged (see the head of this test):\n${report.join('\n')}`);
  });

  it('and nothing else was', () => {
    const there = new Set(findings.map(keyOfFinding));
    assert.deepEqual(
      [...judgements.keys()].filter((key) => !there.has(key)),
      [],
    );
  });

  it('come with a reason, which quotes nothing', () => {
    for (const finding of findings) {
      const { reason = '' } = judgements.get(keyOfFinding(finding)) ?? {};
      const words = wordsOf(reason);
      const said = ` ${wordsOf(finding.context).join(' ')} `;
      const quoted = words.some(
        (_, at) => at + 3 < words.length && said.includes(` ${words.slice(at, at + 4).join(' ')} `),
      );
      assert.ok(words.length > 1 && !quoted, `${finding.path} ${finding.problem.rule}: ${reason}`);
    }
  });

  it('are right in at least 90 %, and so are those of the quality rules', () => {
    assert.ok(findings.length >= 300, `${findings.length} findings`);
    for (const [name, some] of [
      ['all', findings],
      ['quality', findings.filter(isQuality)],
    ] as const) {
      const right = countRight(some, judgements);
      assert.ok(right >= some.length * LEAST, `${name}: ${right} of ${some.length}`);
    }
  });
});

const isQuality = ({ problem }: CorpusFinding) => problem.code.startsWith('Q');

const isDecided = (judged: JudgedFinding | undefined) =>
  judged?.verdict === 'true' || judged?.verdict === 'false';

function keyOfFinding({ path, hash, problem: { rule, range } }: CorpusFinding): string {
  return keyOf(path, rule, range.start, range.end, hash);
}

function byKey(all: readonly JudgedFinding[]): ReadonlyMap<string, JudgedFinding> {
  return new Map(all.map((one) => [keyOf(one.path, one.rule, one.start, one.end, one.hash), one]));
}

function countRight(
  findings: readonly CorpusFinding[],
  judgements: ReadonlyMap<string, JudgedFinding>,
): number {
  return findings.filter((finding) => judgements.get(keyOfFinding(finding))?.verdict === 'true').length;
}

/** Takes out what is gone, and adds what nobody judged. */
function update(findings: readonly CorpusFinding[]): void {
  const known = byKey(readJudgements());
  writeJudgements(
    findings.map((finding) => {
      const { path, hash, problem } = finding;
      const { start, end } = problem.range;
      return (
        known.get(keyOfFinding(finding)) ?? {
          path,
          start,
          end,
          rule: problem.rule,
          hash,
          verdict: '?',
          reason: '',
        }
      );
    }),
  );
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? [];
}

function table(
  findings: readonly CorpusFinding[],
  judgements: ReadonlyMap<string, JudgedFinding>,
): readonly string[] {
  const row = (name: string, some: readonly CorpusFinding[]) => {
    const right = countRight(some, judgements);
    const share = `${((100 * right) / some.length).toFixed(0)} %`;
    return `      ${name.padEnd(28)}${`${right}/${some.length}`.padStart(8)}${share.padStart(7)}`;
  };
  const rules = [...new Set(findings.map(({ problem }) => `${problem.code} ${problem.rule}`))].sort();
  return [
    ...rules.map((rule) =>
      row(
        rule,
        findings.filter(({ problem }) => `${problem.code} ${problem.rule}` === rule),
      ),
    ),
    row('quality rules', findings.filter(isQuality)),
    row('all', findings),
  ];
}
