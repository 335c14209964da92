import assert from 'node:assert/strict';
import { fits } from '../../../../src/core/hooks/fits';
import { endingsOf, GALLERY, type HookProject, translationsOf } from '../../../../src/core/hooks/gallery';
import { placeOfHook } from '../../../../src/core/hooks/hookPlace';
import { parseHooks } from '../../../../src/core/hooks/parseHooks';

const project = (paths: readonly string[], names: readonly string[] = []): HookProject => ({
  endings: endingsOf(paths),
  names,
  checks: [{ kind: 'test', command: 'npm test', source: 'package.json' }],
  translations: translationsOf(paths),
});
const make = (id: string, given: HookProject) => {
  const hook = GALLERY.find((each) => each.id === id)?.make(given);
  const { hooks, problems } = parseHooks('/w', '/w/a.json', JSON.stringify({ version: 'v1', hooks: [hook] }));
  assert.deepEqual(problems, []);
  const [read] = hooks;
  assert.ok(read);
  return read;
};
const EMPTY = project([]);
const WEB = project(
  ['a.ts', 'b.ts', 'c.tsx', 'x.py', 'readme.md', 'src/locales/en.json'],
  ['eslint.config.mjs'],
);

describe('the gallery of hooks', () => {
  for (const { id } of GALLERY) {
    it(`${id} is a hook without a problem, whatever the project is made of`, () => {
      for (const given of [EMPTY, WEB]) assert.ok(make(id, given).enabled);
    });
  }

  it('lints with the tool that the project has, the files that the tool knows', () => {
    const hook = make('lint-and-fix', WEB);
    assert.deepEqual(hook.action, { type: 'command', command: 'npx eslint --fix {{filePath}}' });
    assert.deepEqual(
      ['src/a.ts', 'b.tsx', 'x.py', 'a.ts.md'].filter((path) => fits(hook.condition, path)),
      ['src/a.ts', 'b.tsx'],
    );
    assert.equal(make('lint-and-fix', project(['a.ts'])).action.type, 'agent');
  });

  it('asks for tests of code, not of tests, and names the project’s own command', () => {
    const { condition, action } = make('tests-for-changed-file', WEB);
    assert.deepEqual(
      ['src/a.ts', 'test/a.ts', 'a.spec.ts', 'x.py', 'a.md'].filter((path) => fits(condition, path)),
      ['src/a.ts', 'x.py'],
    );
    assert.match(action.type === 'agent' ? action.prompt : '', /`npm test`/);
  });

  it('translates from the source language alone', () => {
    const { condition } = make('translation', WEB);
    const paths = ['src/locales/en.json', 'locales/en/app.json', 'src/locales/de.json', 'src/en.json'];
    assert.deepEqual(
      paths.filter((path) => fits(condition, path)),
      paths.slice(0, 2),
    );
  });
});

describe('the place of a hook', () => {
  it('is where it stands in its file', () => {
    const text = '{"version": "v1", "hooks": [{"name": "a"}, {"name": "b"}]}';
    const { start, end } = placeOfHook(text, { path: '', format: 'v1', index: 1 });
    assert.equal(text.slice(start, end), '{"name": "b"}');
    assert.deepEqual(placeOfHook('{', { path: '', format: 'v1', index: 1 }), { start: 0, end: 0 });
  });
});
