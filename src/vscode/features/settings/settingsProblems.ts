/** What is wrong in the settings, told once for each value: what is not understood must not pass for what was meant. */
import * as vscode from 'vscode';
import { readModels } from '../../adapters/settings';
import type { Feature } from '../../host';
import { COMMANDS } from '../../manifest';

const OPEN = 'Open Settings';

export const registerSettingsProblems: Feature = ({ core, log, report }) => {
  const told = new Set<string>();

  async function tell(): Promise<void> {
    const problems = readModels().problems.filter((problem) => !told.has(problem));
    if (problems.length === 0) return;
    for (const problem of problems) {
      told.add(problem);
      log.warn(problem);
    }
    const choice = await vscode.window.showWarningMessage(problems.join(' '), OPEN);
    if (choice === OPEN) await vscode.commands.executeCommand(COMMANDS.openSettings);
  }

  void tell().catch(report);
  return core.ports.settings.onDidChange(() => void tell().catch(report));
};
