/**
 * How often the rules that speak by default are right, on real specs: every finding was read in its context and
 * judged. The judgements are in `test/golden/judged-*.jsonl`, without the texts, which are not ours.
 *
 * After a change of a rule, `UPDATE_GOLDENS=1 npx mocha test/unit/lint/precision.test.ts` takes out the judgements of
 * findings that are gone and adds the new findings with the verdict “?”. Read each one where it stands (the failure
 * prints it), and write `true` or `false` and why. A false one asks for a better rule first.
 *
 * The corpus is one folder. The projects elsewhere, for which no rule was made, are fetched anew from GitHub: in
 * `test/golden/judged-elsewhere-texts.json` each path is `owner/name@commit/path`. Put the file from
 * `https://raw.githubusercontent.com/owner/name/commit/path` there in a folder of your own, cut after so many
 * characters as the list says, and name the folder in EARSHOT_ELSEWHERE.
 */
// Verifies: spec-engine#2.4
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ruleById } from '../../../src/core/lint/rules';
import { parseRequirements } from '../../../src/core/spec/requirements/parseRequirements';
import { specFiles } from '../../support/corpus';
import {
  CORPUS,
  ELSEWHERE,
  type Finding,
  findingsIn,
  type JudgedFinding,
  type JudgedSpecs,
  keyOf,
  readJudgements,
  writeJudgements,
} from '../../support/judgedFindings';

const LEAST = 0.9;
const FEWEST = 300;
/** So many well-formed criteria may have an error of form shown. */
const MOST_FALSE = 0.002;

for (const specs of [CORPUS, ELSEWHERE])
  describe(`The findings that are shown by default in ${specs.name}`, () => {
    let findings: readonly Finding[] = [];
    let judgements: ReadonlyMap<string, JudgedFinding> = new Map();

    before(function () {
      if (specs.root() === undefined) {
        console.log(`    no texts of ${specs.name} here (${specs.variable}), so these tests are skipped`);
        this.skip();
      }
      findings = findingsIn(specs);
      if (process.env.UPDATE_GOLDENS === '1') update(specs, findings);
      judgements = byKey(readJudgements(specs));
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

    it('are about the form of a well-formed criterion in at most 0.2 % of the criteria', () => {
      const criteria = specFiles(specs.root(), 'requirements.md').flatMap(({ text }) =>
        parseRequirements(text).requirements.flatMap((requirement) => requirement.criteria),
      );
      const wrong = readJudgements(specs).filter((judged) => isForm(judged) && judged.verdict === 'false');
      console.log(`      false findings of form in ${specs.name}: ${wrong.length}/${criteria.length}`);
      assert.ok(criteria.length > 500, `${criteria.length} criteria`);
      assert.ok(wrong.length <= criteria.length * MOST_FALSE, JSON.stringify(wrong, undefined, 1));
    });
  });

describe('The texts of the projects elsewhere', () => {
  it('are those that the list names, and so long', function () {
    const root = ELSEWHERE.root();
    if (root === undefined) this.skip();
    const list = readFileSync(resolve(__dirname, '../../golden/judged-elsewhere-texts.json'), 'utf8');
    const found = specFiles(root, 'requirements.md').map(({ name, text }) => [
      name.replaceAll('\\', '/'),
      text.length,
    ]);
    assert.deepEqual(Object.fromEntries(found), JSON.parse(list));
  });
});

describe('All judged findings', () => {
  const judged = [...readJudgements(CORPUS), ...readJudgements(ELSEWHERE)];

  after(() => {
    for (const row of table(judged)) console.log(row);
  });

  it('of the quality rules are at least 300', () => {
    const quality = judged.filter(isQuality);
    assert.ok(quality.length >= FEWEST, `${quality.length} findings`);
  });

  it('are right in at least 90 %, and so are those of the quality rules', () => {
    for (const [name, some] of [
      ['all', judged],
      ['quality', judged.filter(isQuality)],
      ['quality elsewhere', readJudgements(ELSEWHERE).filter(isQuality)],
    ] as const) {
      const right = countRight(some);
      assert.ok(right >= some.length * LEAST, `${name}: ${right} of ${some.length}`);
    }
  });
});

const codeOf = ({ rule }: JudgedFinding) => ruleById(rule)?.code ?? '';

const isQuality = (judged: JudgedFinding) => codeOf(judged).startsWith('Q');

/** Of a criterion's form; how links and numbers go on is another thing. */
const isForm = (judged: JudgedFinding) => /^E10\d|^E11|^K/.test(codeOf(judged));

const isDecided = (judged: JudgedFinding | undefined) =>
  judged?.verdict === 'true' || judged?.verdict === 'false';

function keyOfFinding({ path, hash, problem: { rule, range } }: Finding): string {
  return keyOf(path, rule, range.start, range.end, hash);
}

function byKey(all: readonly JudgedFinding[]): ReadonlyMap<string, JudgedFinding> {
  return new Map(all.map((one) => [keyOf(one.path, one.rule, one.start, one.end, one.hash), one]));
}

function countRight(some: readonly JudgedFinding[]): number {
  return some.filter(({ verdict }) => verdict === 'true').length;
}

/** Takes out what is gone, and adds what nobody judged. */
function update(specs: JudgedSpecs, findings: readonly Finding[]): void {
  const known = byKey(readJudgements(specs));
  writeJudgements(
    specs,
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

function table(judged: readonly JudgedFinding[]): readonly string[] {
  const row = (name: string, some: readonly JudgedFinding[]) => {
    const right = countRight(some);
    const share = `${((100 * right) / some.length).toFixed(0)} %`;
    return `      ${name.padEnd(28)}${`${right}/${some.length}`.padStart(8)}${share.padStart(7)}`;
  };
  const nameOf = (one: JudgedFinding) => `${codeOf(one)} ${one.rule}`;
  const names = [...new Set(judged.map(nameOf))].sort();
  return [
    ...names.map((name) =>
      row(
        name,
        judged.filter((one) => nameOf(one) === name),
      ),
    ),
    row('quality rules', judged.filter(isQuality)),
    row('all', judged),
  ];
}
