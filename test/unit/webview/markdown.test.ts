import { strict as assert } from 'node:assert';
import type { Element, Root, RootContent } from 'hast';
import { blockTree, markdownTree, parseMarkdown } from '../../../src/webview/shared/markdownTree';

function elements(tree: Root): Element[] {
  const found: Element[] = [];
  const visit = (node: RootContent): void => {
    if (node.type !== 'element') return;
    found.push(node);
    for (const child of node.children) visit(child);
  };
  for (const child of tree.children) visit(child);
  return found;
}

function words(tree: Root): string {
  const text = (node: RootContent): string =>
    node.type === 'text'
      ? node.value
      : node.type === 'element'
        ? node.children.map((child) => text(child)).join('')
        : '';
  return tree.children.map(text).join('');
}

const tags = (source: string): string[] => elements(markdownTree(source)).map((element) => element.tagName);
const links = (source: string): unknown[] =>
  elements(markdownTree(source)).flatMap((element) =>
    element.tagName === 'a' ? [element.properties.href] : [],
  );

describe('markdown: what is not let through', () => {
  it('loads no image: only its words are left', () => {
    const [image] = elements(markdownTree('![a cat](https://example.com/cat.png "t")')).filter(
      (each) => each.tagName === 'img',
    );
    assert.deepEqual(image?.properties, { alt: 'a cat', title: 't' });
  });

  it('follows only http, https and mailto', () => {
    assert.deepEqual(links('[a](https://x.dev) [b](http://x.dev) [c](mailto:a@x.dev)'), [
      'https://x.dev',
      'http://x.dev',
      'mailto:a@x.dev',
    ]);
    for (const href of [
      'command:workbench.action.quit',
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'vscode://x',
      'file:///etc/passwd',
      './a.md',
      '#here',
      '//x.dev',
    ]) {
      assert.deepEqual(links(`[words](${href})`), [], href);
      assert.match(words(markdownTree(`[words](${href})`)), /words/);
    }
    assert.deepEqual(links('<command:quit>'), []);
  });

  it('shows raw HTML as text', () => {
    for (const html of [
      '<script>alert(1)</script>',
      'a <img src=x onerror=alert(1)> b',
      '<iframe src="https://x.dev"></iframe>',
      '<style>p{}</style>',
      '<div style="color:red" onclick="x()">hi</div>',
    ]) {
      const tree = markdownTree(html);
      const risky = elements(tree).filter((element) => !['p', 'code'].includes(element.tagName));
      assert.deepEqual(
        risky.map((element) => element.tagName),
        [],
        html,
      );
      assert.ok(
        elements(tree).every((element) => Object.keys(element.properties).length === 0),
        html,
      );
    }
    assert.match(words(markdownTree('<script>alert(1)</script>')), /<script>/);
    assert.equal(words(markdownTree('<!-- a note -->')), '');
  });

  it('keeps no handler, style or id of its own making', () => {
    const all = elements(markdownTree('# T\n\n| a |\n|--:|\n| 1 |\n\n```js\nx\n```\n\n- [x] t'));
    for (const { properties } of all) {
      assert.deepEqual(
        Object.keys(properties).filter(
          (name) => !['align', 'className', 'type', 'checked', 'disabled'].includes(name),
        ),
        [],
      );
    }
  });
});

describe('markdown: what is', () => {
  it('draws tables, strikes and fences', () => {
    assert.ok(tags('| a |\n|---|\n| 1 |').includes('table'));
    assert.ok(tags('~~x~~').includes('del'));
    const code = elements(markdownTree('```mermaid\nflowchart LR\n```')).find(
      (each) => each.tagName === 'code',
    );
    assert.deepEqual(code?.properties.className, ['language-mermaid']);
  });

  it('knows the four states of a task and the optional one', () => {
    const items = elements(
      markdownTree('- [ ] a\n- [x] b\n- [-] c\n- [~] d\n- [ ]* e\n- [x]* f\n- g'),
    ).filter((each) => each.tagName === 'li');
    assert.deepEqual(
      items.map((each) => each.properties.className),
      [
        ['task-list-item'],
        ['task-list-item', 'task-done'],
        ['task-list-item', 'task-inProgress'],
        ['task-list-item', 'task-queued'],
        ['task-list-item', 'task-optional'],
        ['task-list-item', 'task-done', 'task-optional'],
        undefined,
      ],
    );
    assert.doesNotMatch(words(markdownTree('- [-] c\n- [ ]* e')), /[[\]*]/);
  });
});

describe('markdown: text that grows', () => {
  const text =
    '# Title\n\nA paragraph with [a link][l].\n\n- one\n- two\n\n```ts\nlet x;\n```\n\nThe end.\n\n[l]: https://x.dev\n';

  it('reads the same piece by piece as at once', () => {
    let grown = parseMarkdown('');
    for (let end = 1; end <= text.length; end++) grown = parseMarkdown(text.slice(0, end), grown);
    const whole = parseMarkdown(text);
    const draw = (of: typeof whole): unknown =>
      of.blocks.map((block) => words(blockTree(block.node, of.definitions)));
    assert.deepEqual(draw(grown), draw(whole));
    assert.deepEqual(
      grown.blocks.map(({ start, end }) => [start, end]),
      whole.blocks.map(({ start, end }) => [start, end]),
    );
  });

  it('keeps the blocks before the last one as they are', () => {
    const before = parseMarkdown('one\n\ntwo\n\nthr');
    const after = parseMarkdown('one\n\ntwo\n\nthree', before);
    assert.equal(after.blocks[0], before.blocks[0]);
    assert.equal(after.blocks[1], before.blocks[1]);
    assert.notEqual(after.blocks[2], before.blocks[2]);
  });

  it('resolves a reference whose definition stands in another block', () => {
    const { blocks, definitions } = parseMarkdown('see [a][l]\n\n[l]: https://x.dev');
    const [first] = blocks;
    assert.ok(first);
    assert.ok(
      elements(blockTree(first.node, definitions)).some((each) => each.properties.href === 'https://x.dev'),
    );
  });

  it('starts again when the text is another one', () => {
    const other = parseMarkdown('other', parseMarkdown('one\n\ntwo'));
    assert.equal(other.blocks.length, 1);
  });
});
