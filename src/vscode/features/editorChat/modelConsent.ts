/** Nobody spends a person's money without having been let: the editor's chat and each other extension are asked about. */
import * as vscode from 'vscode';
import { readSetting, writeSetting } from '../../adapters/settings';

export interface ModelConsent {
  /** The person wants none of it. */
  isRefused(): boolean;
  /** Throws in the editor's terms where the person did not agree. @param who Id of an extension, or `core` for the editor */
  require(model: string, who: string | undefined): Promise<void>;
}

export function createModelConsent(): ModelConsent {
  /** For as long as this window lives. */
  const allowed = new Set<string>();
  const setting = () => readSetting<unknown>('offerModels');

  return {
    isRefused: () => setting() === 'never',
    async require(model, who = '') {
      if (setting() === 'always' || allowed.has(who)) return;
      const allow = 'Allow in This Window';
      const always = 'Always Allow All';
      // Where nobody can be asked, nobody agreed.
      const choice = await vscode.window
        .showWarningMessage(
          `Let ${nameOf(who)} use ${model}, which Earshot is set up with?`,
          {
            modal: true,
            detail:
              'It is paid with your key or account, counted in Earshot’s Usage view, and kept within your limits.',
          },
          allow,
          always,
        )
        .then(
          (pressed) => pressed,
          () => undefined,
        );
      if (choice === allow) allowed.add(who);
      else if (choice === always) await writeSetting('offerModels', 'always');
      else
        throw vscode.LanguageModelError.NoPermissions(
          `You did not let ${nameOf(who)} use ${model}. Ask again to decide anew, or set “earshot.offerModels”.`,
        );
    },
  };
}

function nameOf(who: string): string {
  if (who === 'core') return 'the editor’s chat';
  if (who === '') return 'the editor’s chat or another extension';
  const extension = vscode.extensions.getExtension(who);
  const name: unknown = extension?.packageJSON.displayName;
  return `the extension ${typeof name === 'string' ? `${name} (${who})` : who}`;
}
