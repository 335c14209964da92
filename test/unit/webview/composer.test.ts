import { strict as assert } from 'node:assert';
import type { SessionSummary } from '../../../src/protocol/agent';
import { complete, itemsFor, tokenAt } from '../../../src/webview/agent/composer/completion';
import { parseSlash } from '../../../src/webview/agent/composer/slashCommands';
import { createInbox } from '../../../src/webview/agent/inbox';
import { filterSessions } from '../../../src/webview/agent/sessions/sessionFilter';

const KINDS = [
  { name: 'file', description: 'A file', takes: true },
  { name: 'folder', description: 'A folder', takes: true },
  { name: 'git', description: 'Changes', takes: false },
];

/** The token at the bar in the text. */
function at(marked: string) {
  const cursor = marked.indexOf('|');
  return tokenAt(marked.replace('|', ''), cursor, KINDS);
}

/** The text after the first item is taken. */
function taken(marked: string, offered: readonly string[] = []): string {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const token = tokenAt(text, cursor, KINDS);
  assert.ok(token, marked);
  const choices = offered.map((argument) => ({ argument, mention: `#file:${argument}` }));
  const [item] = itemsFor(token, KINDS, choices);
  assert.ok(item, marked);
  const next = complete(text, token, cursor, item.insert);
  return `${next.text.slice(0, next.cursor)}|${next.text.slice(next.cursor)}`;
}

describe('what is completed in a message', () => {
  it('is a mention behind a hash, at the beginning or after a space', () => {
    assert.equal(at('#|')?.type, 'kind');
    assert.equal(at('see (#fi|')?.query, 'fi');
    assert.deepEqual(at('see #file:src/a|'), { type: 'argument', start: 4, kind: 'file', query: 'src/a' });
    assert.equal(at('see #file:"my no|')?.query, 'my no');
  });

  it('is nothing in the middle of other words, behind a number, or of a kind that takes nothing', () => {
    for (const text of ['a#|', '#12|', 'see #git:x|', '#file:a.ts |', 'no hash|', '#other:x|'])
      assert.equal(at(text), undefined, text);
  });

  it('is a command only where the message begins', () => {
    assert.equal(at('/ex|')?.type, 'command');
    assert.equal(at('see /ex|'), undefined);
    assert.equal(at('/usr/b|'), undefined);
  });

  it('takes the place of what was typed, and the cursor goes behind it', () => {
    assert.equal(taken('see #fi|, please'), 'see #file:|, please');
    assert.equal(taken('see #file:a|, please', ['src/a.ts']), 'see #file:src/a.ts |, please');
    assert.equal(taken('see #gi| now'), 'see #git |now');
  });

  it('shows the name first, and where it lies', () => {
    const token = at('#file:a|');
    assert.ok(token);
    const [item] = itemsFor(token, KINDS, [{ argument: 'src/deep/a.ts', mention: '#file:src/deep/a.ts' }]);
    assert.deepEqual([item?.label, item?.detail], ['a.ts', 'src/deep']);
  });
});

describe('what the host says to the composer', () => {
  it('waits for it, where a session is shown that cannot be talked with, and is said once, in order', () => {
    const inbox = createInbox(() => {});
    const picture = { name: 'dot.png', mediaType: 'image/png', data: 'iVBORw0KGgo=' };
    const words = { type: 'compose', text: 'About `a.ts`:', pictures: [picture] } as const;
    inbox.hear(words);
    inbox.hear({ type: 'refused', message: 'No model is set.' });
    assert.deepEqual(inbox.take(), words);
    assert.equal(inbox.take()?.type, 'refused');
    assert.equal(inbox.take(), undefined);
  });

  it('reaches the question that was asked last, also where the answer to the one before came after it', async () => {
    const asked: number[] = [];
    const inbox = createInbox((request) => asked.push(request));
    void inbox.ask('file', 'read');
    const last = inbox.ask('file', 'readme');
    const [before = 0, latest = 0] = asked;
    inbox.hear({ type: 'choices', request: before, choices: [] });
    inbox.hear({
      type: 'choices',
      request: latest,
      choices: [{ argument: 'README.md', mention: '#file:README.md' }],
    });
    const heard = await Promise.race([
      last,
      new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined))),
    ]);
    assert.deepEqual(
      heard?.map(({ argument }) => argument),
      ['README.md'],
    );
  });
});

describe('prompts of servers', () => {
  const commands = [{ name: 'memory.sum-up', description: 'Sums up', takes: 'topic' }];
  const labels = (text: string) => {
    const token = tokenAt(text, text.length, KINDS);
    return token ? itemsFor(token, KINDS, [], commands).map(({ label }) => label) : [];
  };

  it('are offered beside the commands, by their own name as well as by that of their server', () => {
    assert.deepEqual(labels('/memory.s'), ['/memory.sum-up']);
    assert.deepEqual(labels('/sum'), ['/memory.sum-up']);
    assert.deepEqual(labels('/ex'), ['/export']);
  });

  it('are commands with what stands behind them', () => {
    assert.deepEqual(parseSlash('/memory.sum-up my notes'), { name: 'memory.sum-up', argument: 'my notes' });
  });
});

describe('guidance that a message may call', () => {
  const commands = [
    { name: 'releases', description: 'How to release', said: true },
    { name: 'model', description: 'A document of that name', said: true },
  ] as const;
  const offered = (text: string) => {
    const token = tokenAt(text, text.length, KINDS);
    return token ? itemsFor(token, KINDS, [], commands) : [];
  };

  it('is offered with the commands, and written instead of run', () => {
    const [item, ...more] = offered('/rel');
    assert.deepEqual(more, []);
    assert.deepEqual([item?.label, item?.insert, item?.command], ['/releases', '/releases ', undefined]);
  });

  it('does not take the name of a command', () => {
    assert.deepEqual(
      offered('/model').map(({ command }) => command),
      ['model'],
    );
  });
});

describe('a message that begins with a slash', () => {
  it('is a command with what stands behind it', () => {
    assert.deepEqual(parseSlash('/rename Queue on the device '), {
      name: 'rename',
      argument: 'Queue on the device',
    });
    assert.deepEqual(parseSlash('  /export'), { name: 'export', argument: '' });
  });

  it('is a message where it is a path, a comment or more than a line', () => {
    for (const text of ['/usr/bin/env', '// why', '/ what', '/new\nand more'])
      assert.equal(parseSlash(text), undefined, text);
  });
});

describe('the filter of sessions', () => {
  const sessions: readonly SessionSummary[] = [
    { id: 'a', title: 'Order of the queue', status: 'failed', startedAt: 1, kind: 'task', place: 'links' },
    { id: 'b', title: 'Why is it slow', status: 'done', startedAt: 2, kind: 'chat' },
  ];
  const found = (words: string) => filterSessions(sessions, words).map(({ id }) => id);

  it('finds by title, kind, spec and state, all words together', () => {
    assert.deepEqual(found(''), ['a', 'b']);
    assert.deepEqual(found('QUEUE failed'), ['a']);
    assert.deepEqual(found('links task'), ['a']);
    assert.deepEqual(found('ready chat'), ['b']);
    assert.deepEqual(found('queue slow'), []);
  });
});
