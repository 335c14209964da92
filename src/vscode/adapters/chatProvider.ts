/**
 * The editor's door for models that extensions bring (since 1.104, newer than the lowest version that we support):
 * as much of its types as we use, and whether it is there.
 */
import * as vscode from 'vscode';

/** By which our own models are known there. */
export const VENDOR = 'earshot';

export interface ChatModelInformation {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly version: string;
  readonly tooltip?: string;
  readonly detail?: string;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  readonly capabilities: { readonly imageInput: boolean; readonly toolCalling: boolean };
}

/** Its parts are of kinds that grow with the editor. */
export interface ChatRequestMessage {
  readonly role: number;
  readonly content: readonly unknown[];
}

export interface ChatRequestOptions {
  readonly tools?: readonly vscode.LanguageModelChatTool[] | undefined;
  readonly toolMode?: vscode.LanguageModelChatToolMode;
  readonly modelOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Id of the extension that asks, or `core`; not told by every version. */
  readonly requestInitiator?: string;
}

type Part = vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart;

export interface ChatProvider {
  readonly onDidChangeLanguageModelChatInformation?: vscode.Event<void>;
  /** `silent`: no person waits for it. */
  provideLanguageModelChatInformation(
    options: { readonly silent: boolean },
    token: vscode.CancellationToken,
  ): Promise<readonly ChatModelInformation[]>;
  provideLanguageModelChatResponse(
    model: ChatModelInformation,
    messages: readonly ChatRequestMessage[],
    options: ChatRequestOptions,
    progress: vscode.Progress<Part>,
    token: vscode.CancellationToken,
  ): Promise<void>;
  provideTokenCount(
    model: ChatModelInformation,
    text: string | ChatRequestMessage,
    token: vscode.CancellationToken,
  ): Promise<number>;
}

interface Door {
  registerLanguageModelChatProvider?(vendor: string, provider: ChatProvider): vscode.Disposable;
}

/** Undefined where the editor has no such door. */
export function registerChatProvider(provider: ChatProvider): vscode.Disposable | undefined {
  const lm: (typeof vscode.lm & Door) | undefined = vscode.lm;
  return lm?.registerLanguageModelChatProvider?.(VENDOR, provider);
}
