import { strict as assert } from 'node:assert';
import { NO_CHANGES } from '../../../src/core/agent/changes/foldChanges';
import type { SessionItem, SessionState, ToolItem } from '../../../src/core/agent/session/sessionState';
import type { AgentModel } from '../../../src/protocol/agent';
import { groupLabel, kindOf } from '../../../src/webview/agent/log/calls';
import { entriesOf } from '../../../src/webview/agent/log/entries';
import { applyLive, type Live, NOTHING_LIVE, settleLive } from '../../../src/webview/agent/log/live';
import { nothingHidden, outputLines, tailOf } from '../../../src/webview/agent/log/output';
import { planOf, planWords } from '../../../src/webview/agent/log/plan';
import {
  isWaiting,
  limitWords,
  placeLine,
  stateTag,
  tokenLine,
} from '../../../src/webview/agent/sessions/sessionWords';

type Session = NonNullable<AgentModel['session']>;

let count = 0;

function tool(name: string, change: Partial<ToolItem> = {}): ToolItem {
  return {
    type: 'tool',
    call: `c${count++}`,
    name,
    input: {},
    status: 'ok',
    question: undefined,
    output: '',
    edit: undefined,
    startedAt: 0,
    durationMs: 10,
    ...change,
  };
}

const TEXT: SessionItem = { type: 'text', text: 'hello', at: 0 };
const EDIT = { path: 'a.ts', before: 'a', after: 'b' };
const QUESTION = { subject: 'npm i', capability: 'run', where: 'root', why: 'because' } as const;

function session(items: readonly SessionItem[], change: Partial<SessionState> = {}): Session {
  return {
    id: 's',
    started: {
      type: 'session.started',
      version: 1,
      session: 's',
      kind: 'task',
      title: 'T',
      root: '/r',
      model: 'm',
      rehearsed: false,
      owner: 'o',
    },
    startedAt: 0,
    endedAt: undefined,
    status: 'running',
    reason: undefined,
    items,
    queued: [],
    turns: 1,
    retrying: undefined,
    usage: { inputTokens: 1200, outputTokens: 300, cacheReadTokens: 10_000, cacheWriteTokens: 0 },
    cost: 0,
    draft: undefined,
    revision: undefined,
    changes: NO_CHANGES,
    ...change,
  };
}

function shape(items: readonly SessionItem[], live: Live = NOTHING_LIVE): string[] {
  return entriesOf(session(items), live).map((entry) =>
    entry.type === 'group' ? `${entry.kind} ${entry.calls.length}` : entry.type,
  );
}

describe('agent: folding of calls', () => {
  it('merges reads and searches of one stretch, each with its kind', () => {
    const items = ['read_file', 'search', 'read_file', 'list_files', 'grep'].map((name) => tool(name));
    assert.deepEqual(shape(items), ['read 2', 'search 2', 'list 1']);
  });

  it('does not merge across anything that is said or done', () => {
    assert.deepEqual(
      shape([tool('read_file'), TEXT, tool('read_file'), tool('run_command'), tool('read_file')]),
      ['read 1', 'message', 'read 1', 'run', 'read 1'],
    );
  });

  it('draws edits as cards, and those that changed nothing as lines', () => {
    assert.deepEqual(shape([tool('edit_file', { edit: EDIT }), tool('edit_file', { status: 'failed' })]), [
      'edit',
      'edit 1',
    ]);
  });

  it('counts the questions that are open', () => {
    const items = [
      tool('run', { status: 'asking', question: QUESTION }),
      tool('run', { status: 'asking', question: QUESTION }),
    ];
    const entries = entriesOf(session(items), NOTHING_LIVE);
    assert.deepEqual(
      entries.map((entry) => (entry.type === 'question' ? [entry.nth, entry.of] : [])),
      [
        [1, 2],
        [2, 2],
      ],
    );
  });

  it('shows a call that is being written until it is an item', () => {
    const call = tool('run_command');
    const live = { ...NOTHING_LIVE, text: 'so', calls: [{ call: call.call, name: 'run_command' }] };
    assert.deepEqual(shape([], live), ['message', 'preparing']);
    assert.deepEqual(shape([call], { ...live, text: '' }), ['run']);
  });

  it('gives streaming text the key it keeps when its turn ends', () => {
    const [streaming] = entriesOf(session([]), { ...NOTHING_LIVE, text: 'hel' });
    const [ended] = entriesOf(session([TEXT]), NOTHING_LIVE);
    assert.equal(streaming?.key, ended?.key);
  });
});

describe('agent: words', () => {
  it('knows the kind of a call by its name, and better by what it asks or changes', () => {
    const kinds = [
      'readFile',
      'read_many',
      'searchText',
      'list_dir',
      'write_file',
      'str_replace',
      'runCommand',
      'think',
    ].map((name) => kindOf(tool(name)));
    assert.deepEqual(kinds, ['read', 'read', 'search', 'list', 'edit', 'edit', 'run', 'other']);
    assert.equal(kindOf(tool('x', { edit: EDIT })), 'edit');
    assert.equal(kindOf(tool('x', { question: QUESTION })), 'run');
  });

  it('says what was done, and what failed', () => {
    const read = (path: string, change: Partial<ToolItem> = {}): ToolItem =>
      tool('read_file', { input: { path }, ...change });
    assert.equal(groupLabel('read', [read('src/a.ts')]), 'Read a.ts');
    assert.equal(groupLabel('read', [read('a'), read('b'), read('a')]), 'Read 2 files');
    assert.equal(groupLabel('read', [read('a'), read('b', { status: 'failed' })]), 'Read 2 files, 1 failed');
    assert.equal(groupLabel('read', [read('a', { status: 'running' })]), 'Reading a');
    assert.equal(groupLabel('search', [tool('search', { input: { query: 'x' } })]), 'Searched for “x”');
    assert.equal(groupLabel('search', [tool('search'), tool('search')]), 'Searched 2 times');
  });

  it('says how a session stands', () => {
    assert.equal(stateTag(session([])).word, 'Working');
    assert.equal(stateTag(session([tool('run', { status: 'asking' })])).word, 'Needs you');
    assert.equal(stateTag(session([], { retrying: 'busy' })).word, 'Retrying');
    assert.equal(stateTag(session([], { status: 'interrupted' })).word, 'Interrupted');
    assert.equal(tokenLine(session([])), '11.2k in, 300 out');
    assert.equal(
      placeLine({ started: { ...session([]).started, spec: '/r/.kiro/specs/tools' }, turns: 2 }),
      'tools, turn 2',
    );
  });

  it('says what is spent of a limit', () => {
    assert.match(
      limitWords({ what: 'today', spent: 1.2, limit: 2 }),
      /^Spent for the day: \$1\.20 of \$2\.00\./,
    );
    assert.match(limitWords({ what: 'this task', spent: 0, limit: 1 }), /^Spent for this task: \$0\.00/);
  });

  it('waits only while nothing else goes on', () => {
    assert.ok(isWaiting(session([TEXT]), false));
    assert.ok(!isWaiting(session([TEXT]), true));
    assert.ok(!isWaiting(session([tool('run', { status: 'running' })]), false));
    assert.ok(!isWaiting(session([], { status: 'done' }), false));
  });
});

describe('agent: what is live', () => {
  const one = session([]);
  const add = (live: Live, text: string): Live => applyLive(live, { type: 'text', session: 's', text }, one);

  it('appends text, and only of the session that is shown', () => {
    assert.equal(add(add(NOTHING_LIVE, 'a'), 'b').text, 'ab');
    assert.equal(applyLive(NOTHING_LIVE, { type: 'text', session: 'other', text: 'x' }, one), NOTHING_LIVE);
  });

  it('drops text when its turn is over, not when something else is told', () => {
    const live = add(NOTHING_LIVE, 'a');
    const note: SessionItem = { type: 'note', level: 'info', text: 'n', at: 0 };
    assert.equal(settleLive(live, one, session([note])).text, 'a');
    assert.equal(settleLive(live, one, session([TEXT])).text, '');
    assert.equal(settleLive(live, one, session([], { turns: 2 })).text, 'a');
    assert.equal(settleLive(live, one, session([], { status: 'failed' })).text, '');
    assert.equal(settleLive(live, one, session([], { retrying: 'busy' })).text, '');
  });

  it('keeps what came of the next turn before the model did', () => {
    const live = add(add(NOTHING_LIVE, 'hello'), 'next\n\none');
    assert.equal(settleLive(live, one, session([TEXT])).text, 'next\n\none');
    const blocks: SessionItem = { type: 'text', text: 'a\n\nb', at: 0 };
    assert.equal(settleLive(add(NOTHING_LIVE, 'abnext'), one, session([blocks])).text, 'next');
    assert.equal(settleLive(add(NOTHING_LIVE, 'other'), one, session([TEXT])).text, '');
  });

  it('keeps the output of a command until it has ended', () => {
    const call = tool('run', { status: 'running' });
    const live = applyLive(NOTHING_LIVE, { type: 'output', session: 's', call: call.call, text: 'x' }, one);
    assert.deepEqual(settleLive(live, one, session([call, TEXT])).outputs, { [call.call]: 'x' });
    assert.deepEqual(settleLive(live, one, session([{ ...call, status: 'ok' }])).outputs, {});
  });

  it('drops everything for another session', () => {
    assert.equal(settleLive(add(NOTHING_LIVE, 'a'), one, { ...one, id: 'other' }), NOTHING_LIVE);
    assert.equal(settleLive(add(NOTHING_LIVE, 'a'), one, undefined), NOTHING_LIVE);
  });
});

describe('agent: output', () => {
  it('reads without escape sequences and overwritten lines', () => {
    assert.deepEqual(outputLines('\u001b[32mok\u001b[39m\r\n10%\r50%\r100%\n\u001b]0;title\u0007end\n\n'), [
      'ok',
      '100%',
      'end',
    ]);
    assert.deepEqual(outputLines('\n'), []);
  });

  it('hides nothing of what is to be agreed to', () => {
    assert.equal(
      nothingHidden('rm\u202e x\u200b\r\n\ty é 語 👍'),
      'rm\\u{202e} x\\u{200b}\\u{d}\n\ty é 語 👍',
    );
  });

  it('shows the last lines, and all when hardly any would be hidden', () => {
    const lines = Array.from({ length: 20 }, (_, i) => String(i));
    assert.deepEqual([tailOf(lines, false).lines.length, tailOf(lines, false).hidden], [8, 12]);
    assert.equal(tailOf(lines.slice(0, 9), false).hidden, 0);
    assert.equal(tailOf(lines, true).lines.length, 20);
  });
});

describe('the plan of a session', () => {
  const plan = (input: unknown, change: Partial<ToolItem> = {}) => tool('plan', { input, ...change });
  const steps = ['Read', 'Change', 'Test'];

  it('is the latest, and says which step is next', () => {
    const found = planOf([plan({ steps, done: 0 }), TEXT, plan({ steps, done: 2 }), TEXT]);
    assert.deepEqual(found && planWords(found), ['Step 3 of 3', 'Test']);
    const over = planOf([plan({ steps, done: 7 })]);
    assert.deepEqual(over && planWords(over), ['All 3 steps done', '']);
  });

  it('is none where the model wrote nonsense, and the one before it counts', () => {
    assert.equal(
      planOf([TEXT, plan({ steps: 'all', done: 1 }), plan(null), plan({ steps: [], done: 0 })]),
      undefined,
    );
    const found = planOf([plan({ steps, done: 1 }), plan({ steps: 4 })]);
    assert.deepEqual(found && planWords(found), ['Step 2 of 3', 'Change']);
  });

  it('is not a line of the log, but for a call that failed', () => {
    const entries = (change: Partial<ToolItem>) =>
      entriesOf(session([plan({ steps, done: 1 }, change)]), NOTHING_LIVE).length;
    assert.equal(entries({}), 0);
    assert.equal(entries({ status: 'failed' }), 1);
  });
});
