/** One answer of a model of ours to the editor's chat: counted and limited as any request, its failures in the editor's own terms. */
import * as vscode from 'vscode';
import type { Core } from '../../../core';
import { ActError } from '../../../core/actError';
import { type Block, ModelError, type ModelEvent, type ModelRequest } from '../../../core/agent/turn/model';
import { requireModel } from '../../../core/agent/turn/requireModel';
import type { ModelRole } from '../../../core/modelSettings';
import { createAbort } from '../../../core/util/abort';
import { errorMessage } from '../../../core/util/errorMessage';
import type { ChatRequestMessage, ChatRequestOptions } from '../../adapters/chatProvider';
import { toPath } from '../../adapters/paths';
import { toConversation } from './modelMessages';

export interface Asked {
  readonly role: ModelRole;
  readonly messages: readonly ChatRequestMessage[];
  readonly options: ChatRequestOptions;
  readonly maxTokens: number;
}

type Part = vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart;

export async function answer(
  { ports }: Core,
  asked: Asked,
  progress: vscode.Progress<Part>,
  token: vscode.CancellationToken,
): Promise<void> {
  const abort = createAbort();
  const listener = token.onCancellationRequested(() => abort.abort());
  if (token.isCancellationRequested) abort.abort();
  try {
    const model = await requireModel(ports, asked.role);
    let said = false;
    for await (const event of model.stream(requestOf(asked), abort.signal)) {
      for (const part of partsOf(event, model.name)) {
        said = true;
        progress.report(part);
      }
    }
    if (!said) throw new Error(`${model.name} answered nothing. Ask again, or choose another model.`);
  } catch (error) {
    throw token.isCancellationRequested ? new vscode.CancellationError() : explain(error);
  } finally {
    listener.dispose();
  }
}

function requestOf({ messages, options, maxTokens }: Asked): ModelRequest {
  const { tools = [], toolMode, modelOptions } = options;
  const wished: unknown = modelOptions?.max_tokens;
  const folder = vscode.workspace.workspaceFolders?.[0];
  return {
    ...toConversation(messages),
    tools: tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      inputSchema: { type: 'object', ...inputSchema },
    })),
    maxTokens:
      typeof wished === 'number' && wished >= 1 ? Math.min(Math.floor(wished), maxTokens) : maxTokens,
    mustCall: tools.length > 0 && toolMode === vscode.LanguageModelChatToolMode.Required,
    asker: { session: 'editor', kind: 'editor', root: folder ? toPath(folder.uri) : '' },
  };
}

function partsOf(event: ModelEvent, name: string): readonly Part[] {
  if (event.type === 'text') return [new vscode.LanguageModelTextPart(event.text)];
  if (event.type !== 'end') return [];
  if (event.stop === 'refusal') throw vscode.LanguageModelError.Blocked(`${name} declines to answer this.`);
  return event.stop === 'tool_use' ? event.content.flatMap(toCall) : [];
}

function toCall(block: Block): readonly vscode.LanguageModelToolCallPart[] {
  if (block.type !== 'tool_use') return [];
  const input = typeof block.input === 'object' && block.input !== null ? block.input : {};
  return [new vscode.LanguageModelToolCallPart(block.id, block.name, input)];
}

/** Those who ask know the editor's three kinds; the words are for a person. */
function explain(error: unknown): Error {
  const message = errorMessage(error);
  const reason = error instanceof ActError || error instanceof ModelError ? error.reason : undefined;
  if (reason === 'auth' || reason === 'untrusted') return vscode.LanguageModelError.NoPermissions(message);
  if (reason === 'notFound' || reason === 'noModel') return vscode.LanguageModelError.NotFound(message);
  if (reason === 'rateLimit' || reason === 'limit') return vscode.LanguageModelError.Blocked(message);
  return error instanceof Error ? error : new Error(message);
}
