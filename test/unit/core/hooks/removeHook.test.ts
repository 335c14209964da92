/** A hook that a person deletes: its file keeps the others as they were written. */
import assert from 'node:assert/strict';
import { HOOKS, named, startHooks } from './hookHarness';

const one = (name: string) =>
  `{"name":"${name}","trigger":"Manual","action":{"type":"command","command":"${name}"}}`;
const LAYOUTS: Readonly<Record<string, (...names: readonly string[]) => string>> = {
  'on one line': (...names) => `{"version":"v1","hooks":[${names.map(one).join(',')}]}`,
  'in lines': (...names) =>
    `{\n  "version": "v1",\n  "hooks": [\n    ${names.map(one).join(',\n    ')}\n  ],\n  "theirs": 1\n}\n`,
  'with blanks': (...names) => `{ "version": "v1", "hooks": [ ${names.map(one).join(' , ')} ] }`,
};

describe('a hook that is deleted', () => {
  for (const [layout, textOf] of Object.entries(LAYOUTS))
    it(`goes alone, and the file is as if it had never been there: ${layout}`, async () => {
      for (const name of ['a', 'b', 'c']) {
        const harness = await startHooks([], { files: { [HOOKS]: textOf('a', 'b', 'c') } });
        const { core, ports } = harness;
        await core.hooks.remove(named(harness, name).id);
        const left = ['a', 'b', 'c'].filter((each) => each !== name);
        assert.equal(ports.files.text(HOOKS), textOf(...left));
        assert.deepEqual(
          core.hooks.all.map((hook) => hook.name),
          left,
        );
        assert.deepEqual(core.hooks.problems, []);
      }
    });

  it('takes its file along when it is the last', async () => {
    const harness = await startHooks([{ name: 'a' }]);
    await harness.core.hooks.remove(named(harness, 'a').id);
    assert.equal(harness.ports.files.text(HOOKS), undefined);
  });

  it('leaves a comment and a comma at the end to their author', async () => {
    const text = `{"version":"v1","hooks":[\n  // ours\n  ${one('a')},\n  ${one('b')},\n]}`;
    const harness = await startHooks([], { files: { [HOOKS]: text } });
    await harness.core.hooks.remove(named(harness, 'b').id);
    assert.equal(harness.ports.files.text(HOOKS), `{"version":"v1","hooks":[\n  // ours\n  ${one('a')},\n]}`);
    assert.deepEqual(harness.core.hooks.problems, []);
  });
});
