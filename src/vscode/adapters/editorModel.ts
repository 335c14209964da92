/**
 * The `Model` port over the models that the editor itself offers (`vscode.lm`), for instance Copilot's: no key of ours
 * is needed. The editor knows no system prompt, and tells neither tokens nor cost: tokens are estimated.
 */
import * as vscode from 'vscode';
import {
  type Block,
  type Message,
  type Model,
  ModelError,
  type ModelEvent,
  type Usage,
} from '../../core/agent/turn/model';
import type { Clock } from '../../core/ports';
import { errorMessage } from '../../core/util/errorMessage';
import { createIdleWatchdog } from '../../node/models/idleWatchdog';
import { VENDOR } from './chatProvider';

/** Begins the name of such a model in the setting: `editor:copilot/gpt-5`. */
export const EDITOR = 'editor:';
const IDLE_MS = 120_000;
const BYTES_A_TOKEN = 4;

type Chat = Pick<
  vscode.LanguageModelChat,
  'id' | 'vendor' | 'family' | 'name' | 'maxInputTokens' | 'sendRequest'
>;

/** How a setting names it. */
export function editorModelName({ vendor, id }: Pick<Chat, 'vendor' | 'id'>): string {
  return `${EDITOR}${vendor}/${id}`;
}

/** Those that the editor offers now, without ours; none where the editor has no such thing. */
export async function editorModels(): Promise<readonly vscode.LanguageModelChat[]> {
  const offered = (await vscode.lm?.selectChatModels?.()) ?? [];
  return offered.filter(({ vendor }) => vendor !== VENDOR);
}

export function createEditorModel(chat: Chat, clock: Clock): Model {
  return {
    name: editorModelName(chat),
    rehearsed: false,
    // The editor's messages are words alone.
    takesPictures: async () => ({ taken: false, others: [] }),
    takesTokens: async () => ({ tokens: chat.maxInputTokens, sure: true }),
    async *stream({ system, messages, tools, onBilled }, signal): AsyncGenerator<ModelEvent> {
      signal.throwIfAborted();
      const source = new vscode.CancellationTokenSource();
      const cancel = (): void => source.cancel();
      let stalled = false;
      const watchdog = createIdleWatchdog(clock, IDLE_MS, () => {
        stalled = true;
        source.cancel();
      });
      signal.addEventListener('abort', cancel, { once: true });
      const content: Block[] = [];
      const soFar = (): Usage => ({
        inputTokens: tokens([system, messages, tools]),
        outputTokens: tokens(content),
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
      });
      try {
        const response = await chat.sendRequest(
          [vscode.LanguageModelChatMessage.User(system), ...messages.map(toMessage)],
          {
            justification: 'Earshot drafts your specs and works on their tasks.',
            tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
          },
          source.token,
        );
        onBilled?.(soFar);
        for await (const part of response.stream) {
          watchdog.touch();
          const event = hear(part, content);
          if (event === undefined) continue;
          watchdog.pause();
          yield event;
          watchdog.resume();
        }
        // A stream that was cancelled ends as if it were complete.
        if (source.token.isCancellationRequested) throw new vscode.CancellationError();
      } catch (error) {
        signal.throwIfAborted();
        throw stalled ? new ModelError('stalled', STALLED) : explain(error, chat);
      } finally {
        signal.removeEventListener('abort', cancel);
        watchdog.dispose();
        source.dispose();
      }
      const called = content.some(({ type }) => type === 'tool_use');
      yield {
        type: 'end',
        content,
        stop: called ? 'tool_use' : 'end_turn',
        usage: soFar(),
        cost: undefined,
      };
    },
  };
}

const STALLED = `The editor’s model sent nothing for ${IDLE_MS / 60_000} minutes. Retry, or choose another model.`;

function hear(part: unknown, content: Block[]): ModelEvent | undefined {
  if (part instanceof vscode.LanguageModelTextPart) {
    const last = content.at(-1);
    if (last?.type === 'text') content[content.length - 1] = { type: 'text', text: last.text + part.value };
    else content.push({ type: 'text', text: part.value });
    return { type: 'text', text: part.value };
  }
  if (part instanceof vscode.LanguageModelToolCallPart) {
    content.push({ type: 'tool_use', id: part.callId, name: part.name, input: part.input });
    return { type: 'toolStart', id: part.callId, name: part.name };
  }
  return undefined;
}

function toMessage({ role, content }: Message): vscode.LanguageModelChatMessage {
  const said = (block: Block) =>
    block.type === 'text'
      ? [new vscode.LanguageModelTextPart(block.text)]
      : block.type === 'image'
        ? [new vscode.LanguageModelTextPart('[A picture; this model cannot be shown any.]')]
        : [];
  const called = (block: Block) =>
    block.type === 'tool_use'
      ? [new vscode.LanguageModelToolCallPart(block.id, block.name, inputOf(block.input))]
      : [];
  const told = (block: Block) =>
    block.type === 'tool_result'
      ? [
          new vscode.LanguageModelToolResultPart(block.toolUseId, [
            new vscode.LanguageModelTextPart(block.content),
          ]),
        ]
      : [];
  return role === 'assistant'
    ? vscode.LanguageModelChatMessage.Assistant(
        content.flatMap((block) => [...said(block), ...called(block)]),
      )
    : vscode.LanguageModelChatMessage.User(content.flatMap((block) => [...told(block), ...said(block)]));
}

function inputOf(input: unknown): object {
  return typeof input === 'object' && input !== null ? input : {};
}

function explain(error: unknown, { name }: Chat): ModelError {
  if (!(error instanceof vscode.LanguageModelError))
    return new ModelError('server', `The editor’s model ${name} failed: ${errorMessage(error)}`, error);
  if (error.code === vscode.LanguageModelError.NoPermissions.name)
    return new ModelError(
      'auth',
      `The editor did not let Earshot use ${name}. Allow it in “Manage Language Model Access”, or choose another model.`,
      error,
    );
  if (error.code === vscode.LanguageModelError.NotFound.name)
    return new ModelError('notFound', `The editor no longer offers ${name}. Choose another model.`, error);
  if (error.code === vscode.LanguageModelError.Blocked.name)
    return new ModelError('rateLimit', `${name} does not answer now: ${error.message}`, error);
  return new ModelError('server', `The editor’s model ${name} failed: ${error.message}`, error);
}

function tokens(value: unknown): number {
  return Math.ceil(JSON.stringify(value).length / BYTES_A_TOKEN);
}
