/** Key, server and model: the commands that set them, and the status bar that says what is in use. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { modelFor } from '../../../core/modelSettings';
import type { Autonomy, SandboxState } from '../../../core/ports';
import { ANTHROPIC, originOf } from '../../adapters/keys';
import { showInfo } from '../../adapters/messages';
import { writeSetting } from '../../adapters/settings';
import type { Feature, Host } from '../../host';
import { COMMANDS, CONTEXT } from '../../manifest';
import { useBedrock } from './bedrock';
import { pickModel } from './modelPicker';

function sandboxLine(state: SandboxState = { kind: 'off' }): string {
  if (state.kind === 'on') return 'Commands are sandboxed.';
  if (state.kind === 'off') return 'Commands are not sandboxed.';
  return `${state.required ? 'Commands do not run' : 'Commands are not sandboxed'}: ${state.why}.`;
}

const AUTONOMY: Readonly<Record<Autonomy, string>> = {
  ask: 'Asks before it writes or runs.',
  'edit-workspace': 'Edits freely: writes without asking, asks before it runs.',
  'dev-shell': 'Edits and tests: writes, tests and builds without asking.',
  supervised: 'Supervised: asks before it runs; you review what it wrote.',
  autopilot: 'Autopilot: writes and runs without asking.',
};

export const registerModel: Feature = (host) => {
  const { core, models } = host;
  const status = vscode.window.createStatusBarItem('earshot.model', vscode.StatusBarAlignment.Right, 90);
  status.name = 'Earshot model';
  status.command = COMMANDS.chooseModel;

  async function update(): Promise<void> {
    const state = await models.state();
    await vscode.commands.executeCommand('setContext', CONTEXT.model, state);
    const { autonomy } = core.ports.settings.get();
    const model = await nameOf(host);
    status.text =
      state === 'rehearsed'
        ? '$(beaker) Earshot: rehearsed'
        : state === 'none'
          ? '$(key) Earshot: no model'
          : `$(sparkle) ${model}`;
    status.tooltip =
      state === 'rehearsed'
        ? 'The guided demo: the model’s words were written beforehand. Files, commands and tests are real.'
        : `${state === 'none' ? 'No model is set.' : model}\n${AUTONOMY[autonomy]}\n${sandboxLine(await core.ports.processes.sandbox?.())}${managedLine(host)}`;
    status.show();
  }

  void update().catch(host.report);
  return vscode.Disposable.from(
    status,
    models.onDidChange(() => void update().catch(host.report)),
    core.ports.settings.onDidChange(() => void update().catch(host.report)),
    host.command(COMMANDS.setApiKey, () => setApiKey(host)),
    host.command(COMMANDS.removeApiKey, () => removeApiKey(host)),
    host.command(COMMANDS.setServer, () => setServer(host)),
    host.command(COMMANDS.useBedrock, () => useBedrock(host)),
    host.command(COMMANDS.chooseModel, () => chooseModel(host)),
    host.command(COMMANDS.openSettings, () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:earshot.earshot'),
    ),
    host.command(COMMANDS.showLog, () => host.log.show()),
  );
};

function managedLine({ core }: Host): string {
  const keys = core.ports.administration?.managed.map(({ key }) => key) ?? [];
  return keys.length === 0 ? '' : `\nManaged by your organisation: ${keys.join(', ')}.`;
}

/** What codes now; where none is chosen, the newest as far as that is known. */
async function nameOf({ core, models }: Host): Promise<string> {
  const chosen = modelFor(core.ports.settings.get(), 'coding');
  if (chosen !== '') return chosen;
  const current = await models.current();
  return 'model' in current ? current.model.name : chosen;
}

function originOrThrow(host: Host): string {
  const { baseUrl } = host.core.ports.settings.get();
  const origin = originOf(baseUrl);
  if (!origin)
    throw new ActError('invalid', `The setting earshot.baseUrl is not an http address: “${baseUrl}”.`);
  return origin;
}

async function setApiKey(host: Host): Promise<void> {
  const origin = originOrThrow(host);
  const key = await vscode.window.showInputBox({
    title: `API Key for ${new URL(origin).host}`,
    prompt: 'Kept in the editor’s secret storage, for this server only; never in files, logs or prompts.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (/\s/.test(value.trim()) ? 'A key has no spaces in it.' : undefined),
  });
  if (!key?.trim()) return;
  await host.keys.set(origin, key.trim());
  void vscode.window.showInformationMessage(`The key for ${new URL(origin).host} is stored.`);
  await warnOfUnknownModel(host, origin, key.trim());
}

/** Loaded when it is used: the wire is most of the bundle. */
async function namesOfModels(apiKey: string | undefined, baseUrl: string): Promise<readonly string[]> {
  const wire = await import('../../../node/models/listModels');
  return (await wire.listModels({ apiKey, baseUrl })).map(({ id }) => id);
}

/** The default may be retired, or the setting mistyped: said now, not in the middle of a draft. */
async function warnOfUnknownModel(host: Host, origin: string, apiKey: string): Promise<void> {
  const { model, baseUrl } = host.core.ports.settings.get();
  let ids: readonly string[];
  try {
    ids = await namesOfModels(apiKey, baseUrl);
  } catch (error) {
    host.report(error);
    return;
  }
  if (model === '' || ids.length === 0 || ids.includes(model)) return;
  const choose = 'Choose Model…';
  const message = `${new URL(origin).host} does not list “${model}”.`;
  if ((await vscode.window.showWarningMessage(message, choose)) === choose) await chooseModel(host);
}

async function removeApiKey(host: Host): Promise<void> {
  const origin = originOrThrow(host);
  await host.keys.remove(origin);
  if (await host.keys.get(origin)) {
    void showInfo('The stored key is removed. ANTHROPIC_API_KEY of the environment is still in use.');
    return;
  }
  void vscode.window.showInformationMessage(`The key for ${new URL(origin).host} is removed.`);
}

async function setServer(host: Host): Promise<void> {
  const address = await vscode.window.showInputBox({
    title: 'Model Server',
    prompt:
      'Any server that speaks the Messages API: a gateway, Ollama (11434), LM Studio (1234), llama.cpp (8080).',
    value:
      host.core.ports.settings.get().baseUrl === ANTHROPIC
        ? 'http://127.0.0.1:11434'
        : host.core.ports.settings.get().baseUrl,
    ignoreFocusOut: true,
    validateInput: (value) =>
      originOf(value)
        ? host.core.ports.administration?.addressVerdict(value)
        : 'An address begins with http:// or https://.',
  });
  if (!address) return;
  await writeSetting('baseUrl', address.replace(/\/+$/, ''));
  await chooseModel(host);
}

function chooseModel(host: Host): Promise<void> {
  return pickModel(host, {
    setApiKey: () => setApiKey(host),
    setServer: () => setServer(host),
    useBedrock: () => useBedrock(host),
  });
}
