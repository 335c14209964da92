/** Earshot's models in the editor's own chat: those that it drafts, codes and reviews with, for whom a person lets use them. */
import * as vscode from 'vscode';
import { MODEL_ROLES, type ModelRole, modelFor } from '../../../core/modelSettings';
import {
  type ChatModelInformation,
  type ChatProvider,
  type ChatRequestMessage,
  registerChatProvider,
  VENDOR,
} from '../../adapters/chatProvider';
import { EDITOR } from '../../adapters/editorModel';
import type { Host } from '../../host';
import { createModelConsent } from './modelConsent';

/** Of one answer. */
const MOST_TOKENS = 32_000;
const CHARACTERS_A_TOKEN = 4;
/** Milliseconds. */
const AFTER_START = 5000;
/** Where none is set; which one that is shows with the first request. */
const NEWEST = 'newest';

interface Offer extends ChatModelInformation {
  readonly role: ModelRole;
}

export function offerModels(host: Host): vscode.Disposable {
  const { core, models } = host;
  const changed = new vscode.EventEmitter<void>();
  const consent = createModelConsent();

  /** From what is set alone: nothing is loaded and no server asked only because the editor wants a list. */
  async function offers(): Promise<readonly Offer[]> {
    if (consent.isRefused() || !core.ports.trust.trusted) return [];
    const settings = core.ports.settings.get();
    const state = await models.state();
    if (state === 'none') return [];
    if (state === 'rehearsed')
      return [offer('rehearsed', 'Rehearsed (guided demo)', 'coding', settings.contextTokens)];
    const found = new Map<string, Offer>();
    for (const role of MODEL_ROLES) {
      const chosen = modelFor(settings, role);
      // What the editor offers to us is there already.
      if (chosen.startsWith(EDITOR) || found.has(chosen)) continue;
      found.set(chosen, offer(chosen || NEWEST, chosen || 'Newest Sonnet', role, settings.contextTokens));
    }
    return [...found.values()];
  }

  const provider: ChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: offers,
    async provideLanguageModelChatResponse({ id, name }, messages, options, progress, token) {
      const role = (await offers()).find((each) => each.id === id)?.role;
      if (role === undefined)
        throw vscode.LanguageModelError.NotFound(`Earshot no longer offers ${name}. Choose another model.`);
      await consent.require(name, options.requestInitiator);
      const { answer } = await import('./modelAnswer');
      await answer(core, { role, messages, options, maxTokens: MOST_TOKENS }, progress, token);
    },
    provideTokenCount: async (_model, text) => Math.ceil(lengthOf(text) / CHARACTERS_A_TOKEN),
  };
  const registered = registerChatProvider(provider);
  if (!registered) return changed;
  const tell = () => changed.fire();
  // The editor asks for them late: too late for the first words in its chat, which refuses them while it knows no model.
  // Asking starts its chat, which must not compete with what a window shows first.
  const timer = setTimeout(() => {
    vscode.lm.selectChatModels({ vendor: VENDOR }).then(undefined, host.report);
  }, AFTER_START);
  return vscode.Disposable.from(
    registered,
    changed,
    { dispose: () => clearTimeout(timer) },
    models.onDidChange(tell),
    vscode.workspace.onDidGrantWorkspaceTrust(tell),
  );
}

function offer(id: string, name: string, role: ModelRole, maxInputTokens: number): Offer {
  return {
    id,
    name,
    role,
    family: id,
    version: '1',
    detail: 'Earshot',
    tooltip: `${name}, as set in Earshot. Counted in its Usage view and kept within its limits.`,
    maxInputTokens,
    maxOutputTokens: MOST_TOKENS,
    capabilities: { imageInput: true, toolCalling: true },
  };
}

function lengthOf(text: string | ChatRequestMessage): number {
  return typeof text === 'string' ? text.length : JSON.stringify(text.content).length;
}
