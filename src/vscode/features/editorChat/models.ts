/** Earshot's models in the editor's own chat: those that it drafts, codes and reviews with, for whom a person lets use them. */
import * as vscode from 'vscode';
import { MODEL_ROLES, type ModelRole, modelFor } from '../../../core/modelSettings';
import {
  type ChatModelInformation,
  type ChatProvider,
  type ChatRequestMessage,
  registerChatProvider,
} from '../../adapters/chatProvider';
import { EDITOR } from '../../adapters/editorModel';
import type { Host } from '../../host';
import { createModelConsent } from './modelConsent';

/** Of one answer. */
const MOST_TOKENS = 32_000;
const CHARACTERS_A_TOKEN = 4;

interface Offer extends ChatModelInformation {
  readonly role: ModelRole;
}

export function offerModels({ core, models }: Host): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const consent = createModelConsent();

  async function offers(): Promise<readonly Offer[]> {
    if (consent.isRefused() || !core.ports.trust.trusted) return [];
    const settings = core.ports.settings.get();
    const found = new Map<string, Offer>();
    for (const role of MODEL_ROLES) {
      // What the editor offers to us is there already.
      if (modelFor(settings, role).startsWith(EDITOR)) continue;
      const current = await models.current(role);
      // The demo's words were written for the demo.
      if ('missing' in current || current.model.rehearsed || found.has(current.model.name)) continue;
      const { name } = current.model;
      found.set(name, {
        id: name,
        name,
        role,
        family: name,
        version: '1',
        detail: 'Earshot',
        tooltip: `${name}, as set in Earshot. Counted in its Usage view and kept within its limits.`,
        maxInputTokens: settings.contextTokens,
        maxOutputTokens: MOST_TOKENS,
        capabilities: { imageInput: true, toolCalling: true },
      });
    }
    return [...found.values()];
  }

  const provider: ChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: offers,
    async provideLanguageModelChatResponse({ id }, messages, options, progress, token) {
      const role = (await offers()).find((offer) => offer.id === id)?.role;
      if (role === undefined)
        throw vscode.LanguageModelError.NotFound(`Earshot no longer offers ${id}. Choose another model.`);
      await consent.require(id, options.requestInitiator);
      const { answer } = await import('./modelAnswer');
      await answer(core, { role, messages, options, maxTokens: MOST_TOKENS }, progress, token);
    },
    provideTokenCount: async (_model, text) => Math.ceil(lengthOf(text) / CHARACTERS_A_TOKEN),
  };
  const registered = registerChatProvider(provider);
  if (!registered) return changed;
  const tell = () => changed.fire();
  return vscode.Disposable.from(
    registered,
    changed,
    models.onDidChange(tell),
    vscode.workspace.onDidGrantWorkspaceTrust(tell),
  );
}

function lengthOf(text: string | ChatRequestMessage): number {
  return typeof text === 'string' ? text.length : JSON.stringify(text.content).length;
}
