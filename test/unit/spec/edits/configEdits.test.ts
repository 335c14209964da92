/** One key of `.config.kiro` is changed, and every other byte stays. */
import { strict as assert } from 'node:assert';
import { withConfigKey } from '../../../../src/core/spec/edits/configEdits';
import { parseConfig } from '../../../../src/core/spec/parseConfig';

const FRESH = { specType: 'feature' };
const PROPERTIES = ['earshot', 'properties'];

describe('a key of .config.kiro', () => {
  it('is added, changed and taken out beside what others wrote', () => {
    const text = '\uFEFF{\n\t"specId": "one",\n\t"own": [1, 2]\n}\n';
    const without = withConfigKey(text, FRESH, PROPERTIES, false) ?? '';
    assert.ok(without.startsWith('\uFEFF{\n\t"specId": "one",\n\t"own": [1, 2]'));
    assert.equal(parseConfig(without).config.properties, false);
    const again = withConfigKey(without, FRESH, PROPERTIES, undefined) ?? '';
    assert.equal(parseConfig(again).config.properties, true);
    assert.equal(parseConfig(again).config.specId, 'one');
    assert.equal(withConfigKey(text, FRESH, PROPERTIES, undefined), text);
  });

  it('begins a file where there is none', () => {
    const text = withConfigKey(undefined, FRESH, PROPERTIES, false) ?? '';
    assert.deepEqual(JSON.parse(text), { specType: 'feature', earshot: { properties: false } });
  });

  it('is not written into what cannot be read', () => {
    for (const text of ['{"specId": ', '[]', 'words'])
      assert.equal(withConfigKey(text, FRESH, PROPERTIES, false), undefined);
  });
});
