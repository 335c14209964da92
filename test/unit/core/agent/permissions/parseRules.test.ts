import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRules } from '../../../../../src/core/agent/permissions/parseRules';
import { runs } from '../../../../support/soak';

const FILE = `# mine
rules:
  - capability: shell
    effect: allow
    match: ["git *", "npm *"]
    exclude: ["npm publish*"]
  - capability: fs_read
    effect: deny
    match: ["**/.env", "secrets/**"]
policies: [edit-workspace]
theirs: kept
`;

describe('permissions.yaml', () => {
  it('says which words are wrong', () => {
    const text =
      '\uFEFFpolicies: [edit-worksapce]\nrules:\n  - capability: shel\n    effect: alow\n    match: ["ls"]\n  - match: x\n';
    const words = parseRules(text).problems.map(({ range }) => text.slice(range.start, range.end));
    assert.deepEqual(words, ['edit-worksapce', 'alow', 'capability', 'match', 'match']);
  });

  it('reads rules and policies as Kiro writes them', () => {
    assert.deepEqual(parseRules(FILE), {
      rules: [
        { capability: 'shell', effect: 'allow', match: ['git *', 'npm *'], exclude: ['npm publish*'] },
        { capability: 'fs_read', effect: 'deny', match: ['**/.env', 'secrets/**'], exclude: [] },
      ],
      policies: ['edit-workspace'],
      problems: [],
      broken: false,
    });
  });

  it('an empty file has no rules, and nothing is wrong with it', () => {
    for (const text of ['', '\n', '# only a comment\n', 'rules:\n', 'rules: []', '\uFEFF', '---\n']) {
      assert.deepEqual(parseRules(text), { rules: [], policies: [], problems: [], broken: false }, text);
    }
  });

  it('takes Kiro’s names of presets, and one pattern for a list of one', () => {
    const { policies, rules } = parseRules(
      'policies: read-workspace\nrules:\n - {capability: shell, effect: ask, match: ls}',
    );
    assert.deepEqual([policies, rules[0]?.match], [['read-only'], ['ls']]);
  });

  const broken: readonly [what: string, text: string, line: number, message: RegExp][] = [
    ['no YAML', 'rules:\n  - [', 2, /not YAML.*everything asks/],
    [
      'a key given twice',
      'rules:\n  - capability: shell\n    effect: allow\n    match: [ls]\n    match: [rm]',
      5,
      /everything asks/,
    ],
    ['no map', '- a\n- b', 1, /“rules:”.*everything asks/],
    ['rules that are no list', '# a\nrules: yes please', 2, /no list.*everything asks/],
    ['rules that are an alias', 'x: &a []\nrules: *a', 2, /no list/],
  ];
  for (const [what, text, line, message] of broken) {
    it(`${what}: what it may deny is not known`, () => {
      const parsed = parseRules(text);
      assert.equal(parsed.broken, true);
      assert.equal(parsed.problems[0]?.line, line);
      assert.match(parsed.problems[0]?.message ?? '', message);
    });
  }

  const leftOut: readonly [what: string, rule: string, message: RegExp][] = [
    ['no match', '{capability: shell, effect: allow}', /does not say what/],
    ['an empty match', '{capability: shell, effect: allow, match: []}', /does not say what/],
    ['a match that is no text', '{capability: shell, effect: allow, match: [5]}', /patterns in quotes/],
    [
      'a misspelt exclusion',
      '{capability: shell, effect: allow, match: ["*"], exlude: ["rm *"]}',
      /“exlude”/,
    ],
    [
      'an exclusion that is no list',
      '{capability: shell, effect: allow, match: ["*"], exclude: {a: b}}',
      /patterns in quotes/,
    ],
    ['no capability', '{effect: allow, match: ["*"]}', /needs a “capability”/],
    ['no map', 'shell', /A rule has/],
  ];
  for (const [what, rule, message] of leftOut) {
    it(`a rule that would allow, with ${what}, allows nothing`, () => {
      const {
        rules,
        problems,
        broken: isBroken,
      } = parseRules(`rules:\n  - {capability: fs_read, effect: deny, match: x}\n  - ${rule}\n`);
      assert.deepEqual([rules.length, isBroken], [1, false]);
      assert.equal(problems[0]?.line, 3);
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  const stricter: readonly [what: string, rule: string, expected: object][] = [
    [
      'a match that is no text',
      '{capability: shell, effect: deny, match: 5}',
      { effect: 'deny', match: ['**'] },
    ],
    [
      'an effect that is none',
      '{capability: shell, effect: dney, match: [rm]}',
      { effect: 'ask', match: ['rm'] },
    ],
    ['no effect', '{capability: shell, match: [rm]}', { effect: 'ask', match: ['rm'] }],
    [
      'an exclusion that is no text',
      '{capability: shell, effect: deny, match: [rm], exclude: 5}',
      { effect: 'deny', exclude: [] },
    ],
    [
      'a strange key',
      '{capability: shell, effect: deny, match: [rm], note: x}',
      { effect: 'deny', match: ['rm'] },
    ],
  ];
  for (const [what, rule, expected] of stricter) {
    it(`a rule that forbids, with ${what}, still forbids`, () => {
      const { rules, problems } = parseRules(`rules:\n  - ${rule}\n`);
      assert.deepEqual({ ...rules[0], ...expected }, rules[0]);
      assert.equal(problems[0]?.line, 2);
    });
  }

  it('a rule that forbids needs no match: it forbids all of its kind', () => {
    const { rules, problems } = parseRules('rules: [{capability: shell, effect: deny}]');
    assert.deepEqual([rules[0]?.match, problems], [['**'], []]);
  });

  it('a capability that nobody knows is said, and kept', () => {
    const { rules, problems } = parseRules('rules:\n- {capability: teleport, effect: deny, match: ["*"]}');
    assert.equal(rules[0]?.capability, 'teleport');
    assert.match(problems[0]?.message ?? '', /“teleport”/);
  });

  it('says which policies there are', () => {
    const { policies, problems } = parseRules('policies: [dev-shell, toString]');
    assert.deepEqual(policies, ['dev-shell']);
    assert.match(problems[0]?.message ?? '', /“toString”.*read-only, edit-workspace, dev-shell, autopilot/);
  });

  it('never throws, and no torn file allows more than the whole one', () => {
    fc.assert(
      fc.property(fc.nat(FILE.length), fc.nat(FILE.length), fc.string(), (from, to, junk) => {
        const parsed = parseRules(FILE.slice(0, Math.min(from, to)) + junk + FILE.slice(Math.max(from, to)));
        assert.ok(parsed.rules.every(({ effect, match }) => effect !== 'allow' || match.length > 0));
        assert.ok(parsed.problems.every(({ line, message }) => line >= 1 && message !== ''));
      }),
      runs(300),
    );
  });
});
