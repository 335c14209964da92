/** The editor's own models, through its own classes; only the model's words are a double. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  type Message,
  ModelError,
  type ModelEvent,
  type ModelRequest,
} from '../../src/core/agent/turn/model';
import { createAbort } from '../../src/core/util/abort';
import { nodeClock } from '../../src/node/nodePorts';
import { createEditorModel } from '../../src/vscode/adapters/editorModel';

type Answer = (token: vscode.CancellationToken) => AsyncIterable<unknown>;

interface Heard {
  messages: readonly vscode.LanguageModelChatMessage[];
  options: vscode.LanguageModelChatRequestOptions | undefined;
}

function chat(answer: Answer, heard?: Heard) {
  return {
    id: 'test-1',
    vendor: 'test',
    family: 'test',
    name: 'Test One',
    maxInputTokens: 16_000,
    async sendRequest(
      messages: vscode.LanguageModelChatMessage[],
      options: vscode.LanguageModelChatRequestOptions | undefined,
      token: vscode.CancellationToken | undefined,
    ) {
      if (heard) Object.assign(heard, { messages, options });
      assert.ok(token);
      return { stream: answer(token), text: (async function* () {})() };
    },
  };
}

const REQUEST: ModelRequest = {
  system: 'Be brief.',
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'Read a.' }] },
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'I read.' },
        { type: 'tool_use', id: 'c1', name: 'read_file', input: { path: 'a' } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', toolUseId: 'c1', content: 'A', isError: false }] },
  ] satisfies Message[],
  tools: [{ name: 'read_file', description: 'Reads.', inputSchema: { type: 'object' } }],
  maxTokens: 1000,
};

async function all(answer: Answer, heard?: Heard, abort = createAbort()): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of createEditorModel(chat(answer, heard), nodeClock).stream(REQUEST, abort.signal))
    events.push(event);
  return events;
}

describe('a model of the editor', () => {
  it('hears the conversation, and is heard as it speaks', async () => {
    const heard: Heard = { messages: [], options: undefined };
    const events = await all(async function* () {
      yield new vscode.LanguageModelTextPart('Now ');
      yield new vscode.LanguageModelTextPart('b.');
      yield { of: 'a kind that nobody knows' };
      yield new vscode.LanguageModelToolCallPart('c2', 'read_file', { path: 'b' });
    }, heard);
    assert.deepEqual(
      events.slice(0, 3).map((event) => (event.type === 'text' ? event.text : event.type)),
      ['Now ', 'b.', 'toolStart'],
    );
    const end = events.at(-1);
    assert.ok(end?.type === 'end');
    assert.equal(end.stop, 'tool_use');
    assert.deepEqual(end.content, [
      { type: 'text', text: 'Now b.' },
      { type: 'tool_use', id: 'c2', name: 'read_file', input: { path: 'b' } },
    ]);
    assert.equal(end.cost, undefined);
    assert.ok(end.usage.inputTokens > 50 && end.usage.outputTokens > 5);
    assert.deepEqual(
      heard.messages.map(({ role }) => role),
      [1, 1, 2, 1],
    );
    assert.ok(heard.messages[2]?.content.some((part) => part instanceof vscode.LanguageModelToolCallPart));
    assert.ok(heard.messages[3]?.content.some((part) => part instanceof vscode.LanguageModelToolResultPart));
    assert.equal(heard.options?.tools?.[0]?.name, 'read_file');
  });

  it('is stopped with its session, and what it sent until then is no answer', async () => {
    const abort = createAbort();
    let stopped = false;
    const listening = all(
      async function* (token) {
        yield new vscode.LanguageModelTextPart('Half');
        abort.abort(new Error('stop'));
        stopped = token.isCancellationRequested;
      },
      undefined,
      abort,
    );
    await assert.rejects(listening, /stop/);
    assert.equal(stopped, true);
  });

  it('tells what is wrong, and what to do', async () => {
    const cases = [
      [vscode.LanguageModelError.NoPermissions('no'), 'auth', /did not let Earshot use Test One/],
      [vscode.LanguageModelError.NotFound('no'), 'notFound', /no longer offers Test One/],
      [vscode.LanguageModelError.Blocked('quota'), 'rateLimit', /quota/],
      [new Error('boom'), 'server', /Test One failed: boom/],
    ] as const;
    for (const [error, reason, words] of cases) {
      const listening = all(async function* () {
        yield new vscode.LanguageModelTextPart('Half');
        throw error;
      });
      await assert.rejects(
        listening,
        (caught) => caught instanceof ModelError && caught.reason === reason && words.test(caught.message),
      );
    }
  });
});
