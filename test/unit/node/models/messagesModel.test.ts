import assert from 'node:assert/strict';
import type { Message } from '../../../../src/core/agent/turn/model';
import { Cancelled, createAbort } from '../../../../src/core/util/abort';
import { createMessagesModel, type MessagesModelOptions } from '../../../../src/node/models/messagesModel';
import { nodeClock } from '../../../../src/node/nodePorts';
import { collect, requestOf } from '../../../support/collect';
import { createFakeClock } from '../../../support/fakeClock';
import { type MessagesServer, type ScriptedTurn, startMessagesServer } from '../../../support/messagesServer';

const KEY = 'sk-ant-test-0123456789abcdef';

function modelAt(server: MessagesServer, more: Partial<MessagesModelOptions> = {}) {
  return createMessagesModel({
    name: 'claude-test',
    apiKey: KEY,
    baseUrl: server.url,
    clock: nodeClock,
    maxRetries: 0,
    ...more,
  });
}

async function serve(...turns: readonly ScriptedTurn[]): Promise<MessagesServer> {
  return startMessagesServer({ turns });
}

describe('messagesModel', () => {
  it('streams text, tool calls and usage', async () => {
    const input = { path: 'a.ts', lines: [1, 2], note: 'grüße 🙂 "quoted"' };
    const server = await serve({
      text: 'Reading the file. 🙂',
      tools: [
        { name: 'read_file', input },
        { name: 'list', input: {} },
      ],
      usage: {
        input_tokens: 11,
        output_tokens: 22,
        cache_read_input_tokens: 33,
        cache_creation_input_tokens: 44,
      },
      chunkSize: 3,
      bytesPerWrite: 17,
    });
    const { events, text, end, error } = await collect(modelAt(server));
    assert.equal(error, undefined);
    assert.equal(text, 'Reading the file. 🙂');
    assert.deepEqual(
      events
        .filter(({ type }) => type === 'toolStart')
        .map((event) => event.type === 'toolStart' && event.name),
      ['read_file', 'list'],
    );
    assert.equal(end?.stop, 'tool_use');
    assert.deepEqual(
      end?.content.map((block) => (block.type === 'tool_use' ? block.input : block)),
      [{ type: 'text', text: 'Reading the file. 🙂' }, input, {}],
    );
    assert.deepEqual(end?.usage, {
      inputTokens: 11,
      outputTokens: 22,
      cacheReadTokens: 33,
      cacheWriteTokens: 44,
    });
    assert.equal(end?.cost, undefined, 'nobody knows what this server charges');
    assert.equal(events.at(-1), end);
  });

  it('sends the conversation as the protocol wants it, with two cache marks', async () => {
    const server = await serve({ text: 'ok' });
    const messages: readonly Message[] = [
      { role: 'user', content: [{ type: 'text', text: 'Go' }] },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: '' },
          { type: 'tool_use', id: 't1', name: 'run', input: { command: 'ls' } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', toolUseId: 't1', content: 'a', isError: true }] },
    ];
    const tools = [{ name: 'run', description: 'Runs', inputSchema: { type: 'object', properties: {} } }];
    await collect(modelAt(server), requestOf({ messages, tools, maxTokens: 77 }));
    const ephemeral = { cache_control: { type: 'ephemeral' } };
    assert.deepEqual(server.requests[0]?.body, {
      model: 'claude-test',
      max_tokens: 77,
      stream: true,
      system: [{ type: 'text', text: 'Role: test', ...ephemeral }],
      tools: [{ name: 'run', description: 'Runs', input_schema: { type: 'object', properties: {} } }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Go' }] },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 't1', name: 'run', input: { command: 'ls' } }],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't1', content: 'a', is_error: true, ...ephemeral }],
        },
      ],
    });
  });

  it('gives a model its own thinking back with the results of its tools, as the log kept it, and no other’s', async () => {
    const server = await serve(
      { thinking: 'Let me see.', text: 'I look.', tools: [{ id: 't1', name: 'run', input: {} }] },
      ...Array.from({ length: 3 }, () => ({ text: 'done' })),
    );
    const { end, text } = await collect(modelAt(server));
    assert.equal(text, 'I look.');
    const said = JSON.parse(JSON.stringify(end)) as Message;
    const blocks = said.content.map(({ type }) => type);
    assert.deepEqual(blocks, ['text', 'tool_use']);
    const sent = async (answer: Pick<Message, 'content' | 'thinking'>, name?: string) => {
      const result = { type: 'tool_result', toolUseId: 't1', content: '', isError: false } as const;
      const messages: readonly Message[] = [
        { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
        { ...answer, role: 'assistant' },
        { role: 'user', content: [result] },
      ];
      await collect(modelAt(server, name === undefined ? {} : { name }), requestOf({ messages }));
      return server.requests.at(-1)?.body.messages[1]?.content;
    };
    const thought = (words: string) => ({ type: 'thinking', thinking: words, signature: 'signed:msg_1' });
    const [words, call] = [
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 't1', name: 'run', input: {} },
    ];
    assert.deepEqual(await sent(said), [thought('Let me see.'), words, call]);
    assert.deepEqual(await sent(said, 'another'), [words, call]);
    const between = [0, 1].map((at) => ({ at, block: thought(`thought ${at}`) }));
    const thinking = { by: said.thinking?.by ?? '', blocks: between };
    assert.deepEqual(await sent({ ...said, thinking }), [
      thought('thought 0'),
      words,
      thought('thought 1'),
      call,
    ]);
  });

  it('sends no half of a character, which the service takes for broken JSON, wherever it was cut', async () => {
    const server = await serve({ text: 'done' });
    const half = 'cut \ud83d';
    const input = { [half]: [{ deep: half }], whole: '👂' };
    const messages: readonly Message[] = [
      { role: 'user', content: [{ type: 'text', text: half }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'run', input }] },
      { role: 'user', content: [{ type: 'tool_result', toolUseId: 't1', content: half, isError: false }] },
    ];
    await collect(modelAt(server), requestOf({ system: half, messages }));
    const { text = '' } = server.requests[0] ?? {};
    assert.doesNotMatch(text, /\\ud[89a-f]/i);
    assert.equal(text.match(/cut \ufffd/g)?.length, 5);
    assert.match(text, /👂/);
  });

  it('sends a schema of a tool without the choices at its top, which the service refuses, and says them in words', async () => {
    const server = await serve({ text: 'done' });
    const anyOf = [{ properties: { file: { type: 'string' } }, required: ['file'] }, { required: ['url'] }];
    const properties = { url: { type: 'string', anyOf: [{ minLength: 1 }] } };
    const tools = [
      { name: 'attach', description: 'Attaches', inputSchema: { type: 'object', properties, anyOf } },
      { name: 'plain', description: 'Is plain', inputSchema: { type: 'object', properties } },
    ];
    await collect(modelAt(server), requestOf({ tools }));
    assert.deepEqual(server.requests[0]?.body.tools, [
      {
        name: 'attach',
        description: `Attaches\nIts input also fits ${JSON.stringify({ anyOf })}`,
        input_schema: { type: 'object', properties: { file: { type: 'string' }, ...properties } },
      },
      { name: 'plain', description: 'Is plain', input_schema: { type: 'object', properties } },
    ]);
  });

  it('hears why a model stopped', async () => {
    const server = await serve(
      { text: 'No.', fault: 'refusal' },
      { text: 'abc', stop: 'max_tokens' },
      { text: 'abc', stop: 'something_new' },
    );
    const model = modelAt(server);
    assert.equal((await collect(model)).end?.stop, 'refusal');
    assert.equal((await collect(model)).end?.stop, 'max_tokens');
    assert.equal((await collect(model)).end?.stop, 'other');
  });

  it('leaves a tool call out that the length limit cut off', async () => {
    const server = await serve({
      text: 'x',
      tools: [{ name: 'run', input: { command: 'rm -rf build' } }],
      fault: 'truncatedTool',
    });
    const { end, error } = await collect(modelAt(server));
    assert.equal(error, undefined);
    assert.equal(end?.stop, 'max_tokens');
    assert.deepEqual(end?.content, [{ type: 'text', text: 'x' }]);
  });

  describe('cancelling', () => {
    it('closes the socket in the middle of an answer and throws the reason', async () => {
      const server = await serve({ text: 'word '.repeat(500), delayMs: 5 });
      const abort = createAbort();
      const reason = new Cancelled('enough');
      const { error, text } = await collect(modelAt(server), requestOf(), abort.signal, () =>
        abort.abort(reason),
      );
      assert.equal(error, reason);
      assert.notEqual(text, '');
      assert.equal(await server.requests[0]?.closedEarly, true);
    });

    it('closes the socket while the server is silent', async () => {
      const server = await serve({ text: 'a', fault: 'stall', faultAfter: 0 });
      const abort = createAbort();
      const running = collect(modelAt(server), requestOf(), abort.signal);
      await server.received(1);
      abort.abort(new Cancelled());
      assert.ok((await running).error instanceof Cancelled);
      assert.equal(await server.requests[0]?.closedEarly, true);
    });

    it('closes the socket when the listener goes away', async () => {
      const server = await serve({ text: 'word '.repeat(500), delayMs: 5 });
      for await (const event of modelAt(server).stream(requestOf(), createAbort().signal)) {
        if (event.type === 'text') break;
      }
      assert.equal(await server.requests[0]?.closedEarly, true);
    });

    it('does not send what is cancelled already', async () => {
      const server = await serve({ text: 'a' });
      const abort = createAbort();
      abort.abort(new Cancelled());
      assert.ok((await collect(modelAt(server), requestOf(), abort.signal)).error instanceof Cancelled);
      assert.equal(server.requests.length, 0);
    });

    it('leaves no listener on the signal', async () => {
      const server = await serve({ text: 'a' }, { text: 'b' }, { fault: 'badRequest' });
      const { signal } = createAbort();
      let listeners = 0;
      const counted: typeof signal = {
        get aborted() {
          return signal.aborted;
        },
        reason: undefined,
        throwIfAborted: () => signal.throwIfAborted(),
        addEventListener: () => void listeners++,
        removeEventListener: () => void listeners--,
      };
      for (let count = 0; count < 3; count++) await collect(modelAt(server), requestOf(), counted);
      assert.equal(listeners, 0);
    });
  });

  it('does not take a slow reader for a silent server', async () => {
    const server = await serve({ text: 'one two three' });
    const clock = createFakeClock();
    const seen: string[] = [];
    for await (const event of modelAt(server, { clock }).stream(requestOf(), createAbort().signal)) {
      await clock.advance(3_600_000);
      seen.push(event.type);
    }
    assert.deepEqual(seen, ['text', 'text', 'end']);
    assert.equal(clock.waiting, 0);
  });

  it('takes pings for a sign of life', async () => {
    const clock = createFakeClock();
    const lines = ['event: ping\ndata: {"type": "ping"}\n\n', 'event: ping\ndata: {"type": "ping"}\n\n'];
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await clock.advance(100_000);
        const line = lines.shift();
        if (line === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(line));
      },
    });
    const headers = { 'content-type': 'text/event-stream' };
    const model = createMessagesModel({
      name: 'claude-test',
      apiKey: KEY,
      baseUrl: 'http://127.0.0.1',
      clock,
      maxRetries: 0,
      fetch: async () => new Response(body, { headers }),
    });
    assert.equal((await collect(model)).reason, 'cut', 'and not stalled');
  });

  it('lets no environment variable redirect or add to a request', async () => {
    const decoy = await startMessagesServer({ answer: () => ({ text: 'decoy' }) });
    const server = await serve({ text: 'real' });
    const saved = { ...process.env };
    Object.assign(process.env, {
      ANTHROPIC_BASE_URL: decoy.url,
      ANTHROPIC_API_KEY: 'sk-ant-from-the-environment',
      ANTHROPIC_AUTH_TOKEN: 'token-from-the-environment',
      ANTHROPIC_CUSTOM_HEADERS: 'x-evil: 1\nauthorization: Bearer evil\nanthropic-beta: evil',
    });
    try {
      assert.equal((await collect(modelAt(server, { apiKey: undefined }))).text, 'real');
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
      Object.assign(process.env, saved);
    }
    assert.equal(decoy.requests.length, 0);
    const sent = JSON.stringify(server.requests[0]?.headers);
    assert.doesNotMatch(sent, /evil|environment|authorization|x-api-key|set-by-earshot/);
  });

  it('gives a server that is not Anthropic the key and the version it looks for', async () => {
    const server = await serve({ text: 'a' });
    await collect(modelAt(server, { baseUrl: `${server.url}/v1/` }));
    const headers = server.requests[0]?.headers;
    assert.equal(headers?.['x-api-key'], KEY);
    assert.equal(headers?.authorization, `Bearer ${KEY}`);
    assert.equal(headers?.['anthropic-version'], '2023-06-01');
  });

  it('says how much to think and to spend where that is set, and nothing where it is not', async () => {
    const server = await serve({ text: 'a' }, { text: 'b' }, { text: 'c' });
    await collect(modelAt(server));
    await collect(modelAt(server, { tuning: { thinking: 'adaptive', effort: 'xhigh' } }));
    await collect(modelAt(server, { tuning: { thinking: 'off', effort: 'default' } }));
    const said = server.requests.map(({ body }) => [body.thinking, body.output_config]);
    assert.deepEqual(said, [
      [undefined, undefined],
      [{ type: 'adaptive' }, { effort: 'xhigh' }],
      [{ type: 'disabled' }, undefined],
    ]);
  });

  it('speaks to Anthropic as the SDK does, and knows its prices', async () => {
    const calls: { readonly url: string; readonly headers: Headers }[] = [];
    const server = await serve({ text: 'a', usage: { input_tokens: 1_000_000, output_tokens: 100_000 } });
    const model = createMessagesModel({
      name: 'claude-sonnet-5-5',
      apiKey: KEY,
      baseUrl: 'https://api.anthropic.com',
      clock: nodeClock,
      fetch: (input, init) => {
        calls.push({ url: String(input), headers: new Headers(init?.headers) });
        return fetch(`${server.url}/v1/messages`, { method: 'POST', body: init?.body ?? null });
      },
    });
    const { end } = await collect(model);
    assert.equal(end?.cost, 3);
    assert.equal(calls[0]?.url, 'https://api.anthropic.com/v1/messages');
    assert.equal(calls[0]?.headers.get('authorization'), `Bearer ${KEY}`);
    assert.equal(calls[0]?.headers.get('x-api-key'), null);
    assert.notEqual(calls[0]?.headers.get('anthropic-version'), null);
  });
});
