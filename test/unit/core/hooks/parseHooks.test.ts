// Feature: hook-engine, Property 2: Reading is total
// Verifies: hook-engine#1.2
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fits } from '../../../../src/core/hooks/fits';
import { parseHooks } from '../../../../src/core/hooks/parseHooks';

const PATH = '/w/.kiro/hooks/a.json';
const parse = (text: string) => parseHooks('/w', PATH, text);
const file = (...hooks: readonly string[]) => `{"version": "v1", "hooks": [${hooks.join(', ')}]}`;
const GOOD = '{"name": "ok", "trigger": "Manual", "action": {"type": "command", "command": "ls"}}';

describe('hook files', () => {
  it('are read with all that they say, and with what they leave out', () => {
    const { hooks, problems } = parse(
      file(
        '{"name": "lint", "description": "d", "trigger": "PostFileSave", "matcher": "\\\\.ts$", "action": {"type": "command", "command": "npm run lint"}, "timeout": 30, "enabled": false, "extra": 1}',
        '{"name": "ask", "trigger": "PostFileCreate", "action": {"type": "agent", "prompt": "Look."}}',
        '{"name": "in action", "trigger": "Stop", "action": {"type": "command", "command": "x", "timeout": 0}}',
      ),
    );
    assert.deepEqual(problems, []);
    const [lint, ask, inAction] = hooks;
    assert.deepEqual(
      [lint?.id, lint?.matcher, lint?.timeout, lint?.enabled, lint?.description, lint?.action],
      [`${PATH}#0`, '\\.ts$', 30, false, 'd', { type: 'command', command: 'npm run lint' }],
    );
    assert.deepEqual(
      [ask?.matcher, ask?.timeout, ask?.enabled, ask?.action],
      [undefined, 60, true, { type: 'agent', prompt: 'Look.' }],
    );
    assert.equal(inAction?.timeout, 0, 'a time limit may stand in the action');
  });

  it('bear a byte order mark, comments and trailing commas', () => {
    const text = `\ufeff// ours\n{"version": "v1", "hooks": [${GOOD},],}`;
    assert.equal(parse(text).hooks.length, 1);
    assert.deepEqual(parse(text).problems, []);
  });

  /** `place` is the text that the problem names. */
  const cases: readonly [what: string, text: string, place: string, message: RegExp, hooks: number][] = [
    ['cut off', `{"version": "v1", "hooks": [${GOOD}`, '', /Not valid JSON/, 0],
    ['a missing comma', '{"version": "v1" "hooks": []}', '"hooks"', /Not valid JSON: comma expected/, 0],
    ['empty', '', '', /Not valid JSON/, 0],
    ['no object', '[]', '[]', /needs "version"/, 0],
    ['another version', '{"version": "v2", "hooks": []}', '"v2"', /needs "version": "v1"/, 0],
    ['no version', '{"hooks": []}', '{"hooks": []}', /needs "version"/, 0],
    ['no list', '{"version": "v1", "hooks": {}}', '{}', /needs "hooks"/, 0],
    ['nothing but a version', '{"version": "v1"}', '{"version": "v1"}', /needs "hooks"/, 0],
    [
      'an unknown trigger',
      file('{"name": "x", "trigger": "onSave", "action": {"type": "command", "command": "ls"}}'),
      '"onSave"',
      /“onSave” is no trigger.*PostFileSave/,
      1,
    ],
    [
      'a bad pattern',
      file(
        '{"name": "x", "trigger": "PostFileSave", "matcher": "(", "action": {"type": "command", "command": "ls"}}',
      ),
      '"("',
      /regular expression/,
      1,
    ],
    [
      'no action',
      file(GOOD, '{"name": "x", "trigger": "Manual"}'),
      '{"name": "x", "trigger": "Manual"}',
      /action: .*does not run/,
      1,
    ],
    [
      'an unknown action',
      file('{"name": "x", "trigger": "Manual", "action": {"type": "mail"}}'),
      '"mail"',
      /action\.type/,
      0,
    ],
    [
      'an action without a command',
      file('{"name": "x", "trigger": "Manual", "action": {"type": "command"}}'),
      '{"type": "command"}',
      /action\.command/,
      0,
    ],
    [
      'an empty command',
      file('{"name": "x", "trigger": "Manual", "action": {"type": "command", "command": ""}}'),
      '""',
      /action\.command/,
      0,
    ],
    [
      'a name that is a number',
      file('{"name": 7, "trigger": "Manual", "action": {"type": "command", "command": "ls"}}'),
      '7',
      /^name: /,
      0,
    ],
    [
      'a time below zero',
      file(
        '{"name": "x", "trigger": "Manual", "timeout": -1, "action": {"type": "command", "command": "ls"}}',
      ),
      '-1',
      /^timeout: /,
      0,
    ],
    [
      'a time below zero in the action',
      file(
        '{"name": "x", "trigger": "Manual", "action": {"type": "command", "command": "ls", "timeout": -1}}',
      ),
      '-1',
      /action\.timeout/,
      0,
    ],
    ['a hook that is none', file('7', GOOD), '7', /^hook: /, 1],
  ];
  for (const [what, text, place, message, count] of cases) {
    it(`${what}: named at its place`, () => {
      const { hooks, problems } = parse(text);
      assert.equal(hooks.length, count);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      const { message: said = '', range = { start: 0, end: 0 }, path = '' } = problems[0] ?? {};
      assert.match(said, message);
      assert.equal(path, PATH);
      if (place !== '') assert.equal(text.slice(range.start, range.end), place);
      assert.ok(range.start <= range.end && range.end <= text.length);
    });
  }

  it('a budget is an agent’s; what was agreed to without one stays agreed to, and one that changes asks', () => {
    const read = (more: object, action: object = { type: 'agent', prompt: 'Look.' }) =>
      parseHooks(
        '/w',
        '/w/.kiro/hooks/a.json',
        JSON.stringify({
          version: 'v1',
          hooks: [{ name: 'a', trigger: 'Stop', action, ...more }],
        }),
      );
    const contents = [{}, { budget: 1 }, { budget: 2 }].map((more) => read(more).hooks[0]?.content);
    assert.equal(contents[0], JSON.stringify(['a', 'Stop', null, 'Look.', 'agent']));
    assert.equal(new Set(contents).size, 3);
    assert.equal(read({ budget: 0.5 }).hooks[0]?.budget, 0.5);
    assert.match(
      read({ budget: 1 }, { type: 'command', command: 'x' }).problems[0]?.message ?? '',
      /Only an agent costs/,
    );
    assert.match(read({ budget: 0 }).problems[0]?.message ?? '', /^budget: /);
  });

  it('two wrong hooks do not take the right one with them', () => {
    const { hooks, problems } = parse(file('{}', GOOD, '{"name": "x"}'));
    assert.deepEqual(
      hooks.map(({ id }) => id),
      [`${PATH}#1`],
    );
    assert.ok(problems.length >= 2);
  });

  it('say at its line what has no effect here, and run all the same', () => {
    const one = (more: string, trigger = 'PostFileSave') =>
      file(`{"name": "x", "trigger": "${trigger}", ${more}, "action": {"type": "command", "command": "ls"}}`);
    const options = '"question": "Now?", "options": [{"id": "y", "label": "Yes", "run": true}]';
    const unused: readonly (readonly [text: string, value: string, path?: string])[] = [
      [one(`"confirm": {${options}, "confirmCommand": "git diff --quiet"}`, 'Stop'), '"git diff --quiet"'],
      [one('"cache_ttl_seconds": 300'), '300'],
      [one('"matcher": "late"', 'SessionStart'), '"late"'],
      [one('"schedule": "2h"'), '"2h"'],
      [
        '{"name": "x", "when": {"type": "fileEdited", "debounceMs": 500}, "then": {"type": "askAgent", "prompt": "p"}}',
        '500',
        '/w/.kiro/hooks/a.kiro.hook',
      ],
    ];
    for (const [text, value, path = PATH] of unused) {
      const { hooks, problems } = parseHooks('/w', path, text);
      assert.equal(hooks.length, 1, text);
      assert.deepEqual(
        problems.map(({ severity, range }) => [severity, text.slice(range.start, range.end)]),
        [['warning', value]],
      );
      assert.match(problems[0]?.message ?? '', /has no effect here: /);
    }
    for (const fine of [one('"cache_ttl_seconds": 0'), one('"matcher": "*"', 'Stop')])
      assert.deepEqual(parse(fine).problems, [], fine);
  });

  it('never fail to be read', () => {
    const deep = `{"version": "v1", "hooks": ${'['.repeat(100_000)}`;
    assert.equal(parse(deep).problems.length, 1);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"version": "v1", "hooks": [${json}, ${GOOD}]}`),
        ),
        (text) => {
          for (const { range } of parse(text).problems) assert.ok(range.start <= range.end);
        },
      ),
      { seed: 23, numRuns: 300 * (process.env.EARSHOT_SOAK ? 20 : 1) },
    );
  });

  it('consent is bound to what runs and when, not to words about it', () => {
    const content = (text: string) => parse(file(text)).hooks[0]?.content;
    const base =
      '{"name": "x", "trigger": "PostFileSave", "matcher": "a", "action": {"type": "command", "command": "ls"}}';
    const harmless = [
      ['"name"', '"description": "new", "name"'],
      ['"name"', '"enabled": true, "name"'],
      ['", "', '",\n"'],
    ] as const;
    for (const [from, to] of harmless) assert.equal(content(base.replace(from, to)), content(base));
    const other = [
      ['"ls"', '"rm"'],
      ['"a"', '"b"'],
      ['PostFileSave', 'PostFileDelete'],
      ['"matcher": "a", ', ''],
    ] as const;
    for (const [from, to] of other) assert.notEqual(content(base.replace(from, to)), content(base));
    const agent = base.replace('"command", "command"', '"agent", "prompt"');
    assert.notEqual(content(agent), content(base));
    const option = { id: 'go', label: 'Push', run: true };
    const asking = (...options: readonly object[]) =>
      content(
        JSON.stringify({
          ...JSON.parse(base.replace('PostFileSave', 'Stop')),
          ...(options.length === 0 ? {} : { confirm: { question: 'Push?', options } }),
        }),
      );
    const contents = [
      asking(),
      asking(option),
      asking({ ...option, run: false }),
      asking({ ...option, label: 'No' }),
    ];
    assert.equal(new Set(contents).size, 4, 'one that asks first, and no longer does, is another one');
  });

  it('patterns: a regular expression, a lone star for all', () => {
    const matcher = (text: string, path: string) => {
      const json = JSON.stringify({
        name: 'x',
        trigger: 'PostFileSave',
        matcher: text,
        action: { type: 'command', command: 'ls' },
      });
      const [hook] = parse(file(json)).hooks;
      return hook && fits(hook.condition, path);
    };
    assert.equal(matcher('*', 'a/b'), true);
    assert.equal(matcher('\\.ts$', 'src/a.ts'), true);
    assert.equal(matcher('\\.ts$', 'src/a.tsx'), false);
    assert.equal(matcher('(?i)readme', 'README.md'), true);
    assert.equal(matcher('[', 'a'), false, 'what is no pattern never fits');
  });
});
