/** Our models, as the editor's chat and other extensions get them: through the editor itself, over a real socket. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { eventually, useServer } from './support';

const { User, Assistant } = vscode.LanguageModelChatMessage;

// Older editors have no place for the models of extensions.
const describeIfThere = 'registerLanguageModelChatProvider' in vscode.lm ? describe : () => {};

describeIfThere('Earshot’s models in the editor’s own chat', () => {
  let server: MessagesServer;
  let model: vscode.LanguageModelChat;

  const consent = (value: string | undefined) =>
    vscode.workspace
      .getConfiguration('earshot')
      .update('offerModels', value, vscode.ConfigurationTarget.Global);
  const offered = () => vscode.lm.selectChatModels({ vendor: 'earshot' });

  before(async () => {
    server = await startMessagesServer({ stays: true });
    await useServer(server.url);
    await consent('always');
    model = await eventually('a model', async () => (await offered())[0]);
  });
  after(async () => {
    await consent(undefined);
    await useServer(undefined);
    await server?.close();
  });

  async function ask(
    messages: vscode.LanguageModelChatMessage[],
    options: vscode.LanguageModelChatRequestOptions = {},
    token = new vscode.CancellationTokenSource().token,
  ): Promise<unknown[]> {
    const parts: unknown[] = [];
    for await (const part of (await model.sendRequest(messages, options, token)).stream) parts.push(part);
    return parts;
  }

  const words = (parts: unknown[]) =>
    parts.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');

  it('answer, hear the whole conversation, and call the tools of those who ask', async () => {
    server.enqueue({ text: 'I look.', tools: [{ name: 'look', input: { at: 'b' } }] });
    const parts = await ask(
      [
        User('Look at a.'),
        Assistant([new vscode.LanguageModelToolCallPart('c1', 'look', { at: 'a' })]),
        User([new vscode.LanguageModelToolResultPart('c1', [new vscode.LanguageModelTextPart('A')])]),
        User('And b?'),
      ],
      {
        tools: [{ name: 'look', description: 'Looks.', inputSchema: { type: 'object' } }],
        toolMode: vscode.LanguageModelChatToolMode.Required,
      },
    );
    assert.equal(words(parts), 'I look.');
    const call = parts.find((part) => part instanceof vscode.LanguageModelToolCallPart);
    assert.deepEqual([call?.name, call?.input], ['look', { at: 'b' }]);
    const body = server.requests.at(-1)?.body;
    assert.deepEqual(
      body?.messages.map(({ role, content }) => [role, content.map(({ type }) => type)]),
      [
        ['user', ['text']],
        ['assistant', ['tool_use']],
        ['user', ['tool_result', 'text']],
      ],
    );
    assert.deepEqual(body?.tool_choice, { type: 'any' });
    assert.equal(await model.countTokens('12345678'), 2);
  });

  it('tell what is wrong, in the editor’s terms and with what to do', async () => {
    server.enqueue({ fault: 'unauthorized' });
    await assert.rejects(ask([User('Hello')]), (error) => {
      assert.ok(error instanceof vscode.LanguageModelError);
      assert.equal(error.code, vscode.LanguageModelError.NoPermissions.name);
      assert.match(error.message, /key/i);
      return true;
    });
  });

  it('stop with those who asked: the connection is closed', async () => {
    server.enqueue({ text: 'Never to the end', fault: 'stall', faultAfter: 3 });
    const source = new vscode.CancellationTokenSource();
    const asked = server.requests.length;
    const asking = ask([User('Hello')], {}, source.token).catch(() => 'stopped');
    const request = await eventually('the request', () => server.requests[asked]);
    source.cancel();
    await asking;
    assert.equal(await request.closedEarly, true);
  });

  it('are used by nobody whom the person did not let, and not offered where they are to stay away', async () => {
    const asked = server.requests.length;
    await consent(undefined);
    // Nobody is here to say yes: the editor answers every dialog of a test with no.
    await assert.rejects(ask([User('Hello')]), /You did not let/);
    assert.equal(server.requests.length, asked);
    await consent('never');
    await eventually('no model', async () => (await offered()).length === 0 || undefined);
  });
});
