import { strict as assert } from 'node:assert';
import { moveMentions, type SpecMove } from '../../../../src/core/order/moveMentions';

const SPECS = '/project/.kiro/specs';
const move = (from: string, to: string): SpecMove => ({
  root: '/project',
  from: `${SPECS}/${from}`,
  to: `${SPECS}/${to}`,
});
const RENAMED = move('links', 'short-links');
const STEERING = '/project/.kiro/steering/tech.md';

describe('What names a spec that moves', () => {
  it('follows: paths, files of steering, mentions, tags, links', () => {
    const cases: readonly (readonly [text: string, after: string, path?: string])[] = [
      ['See #[[file:.kiro/specs/links/design.md]].', 'See #[[file:.kiro/specs/short-links/design.md]].'],
      ['In .kiro/specs/links. Then', 'In .kiro/specs/short-links. Then'],
      [
        '{"path": ".kiro/specs/links/**"}',
        '{"path": ".kiro/specs/short-links/**"}',
        '/project/.kiro/hooks/a.json',
      ],
      ['#spec:links implement 2.3', '#spec:short-links implement 2.3'],
      ['// Feature: links, Property 3', '// Feature: short-links, Property 3', '/project/test/a.test.ts'],
      ['# Verifies: links#1.2, #1.4', '# Verifies: short-links#1.2, #1.4', '/project/a.py'],
      ['Implements:links#2', 'Implements:short-links#2', '/project/a.go'],
      ['[it](../links/design.md#a)', '[it](../short-links/design.md#a)', `${SPECS}/other/design.md`],
      ['[it](../specs/links/)', '[it](../specs/short-links/)'],
    ];
    for (const [text, after, path = STEERING] of cases)
      assert.equal(moveMentions(text, path, RENAMED), after);
  });

  it('leaves what only looks like it', () => {
    const texts = [
      'links are short; .kiro/specs/links-old/design.md, .kiro/specs/my-links, .kiro/specs/links.v2/a.md',
      '#spec:links-old, #spec:linksmith, Feature: links-old, Property 1, Verifies: links-old#1, Verifies: links',
      '[a](../link/design.md) [b](https://example.org/links/) `links`',
      'a $& b $1 links',
    ];
    for (const text of texts) assert.equal(moveMentions(text, STEERING, RENAMED), text);
  });

  it('finds its way from a group, into one, and between its own documents', () => {
    const grouped = move('links', 'web/links');
    const own = `${SPECS}/links/design.md`;
    assert.equal(moveMentions('[a](../other/design.md)', own, grouped), '[a](../../other/design.md)');
    assert.equal(
      moveMentions('[a](./tasks.md) [b](../links/tasks.md)', own, grouped),
      '[a](./tasks.md) [b](../links/tasks.md)',
    );
    assert.equal(
      moveMentions('[a](../links/tasks.md)', `${SPECS}/other/design.md`, grouped),
      '[a](../web/links/tasks.md)',
    );
    assert.equal(
      moveMentions('#spec:links Verifies: links#1', STEERING, grouped),
      '#spec:links Verifies: links#1',
    );
    const back = move('web/links', 'links');
    assert.equal(
      moveMentions('#spec:links, .kiro/specs/web/links/a', STEERING, back),
      '#spec:links, .kiro/specs/links/a',
    );
    assert.equal(moveMentions('Verifies: web/links#1', '/project/a.ts', back), 'Verifies: links#1');
  });
});
