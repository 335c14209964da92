/** Steering documents and skills that a message may call by `/name`: looked for when the view first shows, and when one changes. */
import type * as vscode from 'vscode';
import type { Guidance } from '../../../core/steering/model';
import type { OfferedCommand } from '../../../protocol/agent';
import type { Host } from '../../host';

export interface CallableGuidance extends vscode.Disposable {
  /** As far as is known by now. */
  in(root: string | undefined): readonly OfferedCommand[];
}

/** What a message can begin with. */
const CALLABLE = /^[a-z][\w./-]*$/i;

const WHEN: Readonly<Record<string, string>> = {
  fileMatch: 'Steering that else comes with its files',
  manual: 'Steering that comes when you name it',
  auto: 'Steering that the agent chooses',
};

export function createCallableGuidance(
  { guidance }: Host['core'],
  report: Host['report'],
  onChange: () => void,
): CallableGuidance {
  const known = new Map<string, readonly OfferedCommand[]>();

  async function look(root: string): Promise<void> {
    const { all } = await guidance.survey(root);
    const now = commandsOf(all);
    const isSame = JSON.stringify(now) === JSON.stringify(known.get(root));
    known.set(root, now);
    if (!isSame) onChange();
  }

  const listener = guidance.onDidChange(() => {
    for (const root of known.keys()) void look(root).catch(report);
  });
  return {
    in(root) {
      if (root === undefined) return [];
      const found = known.get(root);
      if (found) return found;
      known.set(root, []);
      void look(root).catch(report);
      return [];
    },
    dispose: () => listener.dispose(),
  };
}

/** What is in every request anyway need not be called. */
function commandsOf(all: readonly Guidance[]): readonly OfferedCommand[] {
  const callable = all.filter(
    ({ kind, inclusion, name }) =>
      kind !== 'agents' && inclusion !== undefined && inclusion !== 'always' && CALLABLE.test(name),
  );
  const names = [...new Set(callable.map(({ name }) => name))];
  return names.map((name) => {
    const { description, inclusion = '', kind } = callable.find((each) => each.name === name) ?? {};
    const words = kind === 'skill' ? 'A skill' : (WHEN[inclusion] ?? 'Steering');
    return { name, description: description ?? words, said: true };
  });
}
