/** *Show Drift*: code that changed while its criterion did not, with the way to it, and a person's word that it is right. */
import * as vscode from 'vscode';
import type { Spec } from '../../../core/spec/model';
import type { Drift, DriftPlace } from '../../../core/trace/drift';
import { SINCE_APPROVAL } from '../../../core/trace/driftBase';
import { joinPath } from '../../../core/util/path';
import { showInfo } from '../../adapters/messages';
import { toUri } from '../../adapters/paths';
import { isSpecTarget, pickSpec } from '../../adapters/specTarget';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';

const KEPT = 'earshot.drift.since';
const OTHER = 'other';
const ACCEPT: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('check'),
  tooltip: 'Accept: the code is in keeping with the criterion',
};

export const registerDrift: Feature = (host) =>
  host.command(COMMANDS.showDrift, (target) => showDrift(host, target));

async function showDrift(host: Host, target: unknown): Promise<void> {
  const { core, context } = host;
  const one = isSpecTarget(target) ? await pickSpec(core, target, 'Show Drift') : undefined;
  await core.specs.ready;
  const specs = one ? [one] : core.specs.all;
  const since = specs.length === 0 ? undefined : await pickSince(context);
  if (since === undefined) return;
  await context.workspaceState.update(KEPT, since);
  for (;;) {
    const found = await lookFor(host, specs, since);
    if (found.length === 0) {
      const what = one ? one.name : 'any spec';
      void showInfo(`No code of ${what} has drifted since ${since}.`);
      return;
    }
    const chosen = await choose(found, since);
    if (chosen === undefined) return;
    if (!chosen.accept) return open(specs, chosen);
    await accept(host, chosen.drift);
  }
}

async function pickSince(context: vscode.ExtensionContext): Promise<string | undefined> {
  const last = context.workspaceState.get<string>(KEPT);
  const known = [
    { label: 'main', description: 'where this branch left it', since: 'main' },
    { label: 'The approval', description: 'of the requirements of each spec', since: SINCE_APPROVAL },
    { label: 'Another branch, tag or commit…', description: '', since: OTHER },
  ];
  const again =
    last === undefined || known.some(({ since }) => since === last)
      ? []
      : [{ label: last, description: 'as last time', since: last }];
  const picked = await vscode.window.showQuickPick([...again, ...known], {
    title: 'Show Drift',
    placeHolder: 'Code that changed since when, while its criterion did not?',
  });
  if (picked?.since !== OTHER) return picked?.since;
  const typed = await vscode.window.showInputBox({
    title: 'Show Drift',
    prompt: 'Branch, tag or commit',
    ignoreFocusOut: true,
  });
  return typed?.trim() || undefined;
}

/** Each workspace folder has a history of its own. */
async function lookFor({ core }: Host, specs: readonly Spec[], since: string): Promise<readonly Drift[]> {
  const title = `Looking for code that changed since ${since}`;
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, async () => {
    const found: Drift[] = [];
    for (const root of new Set(specs.map((spec) => spec.root))) {
      const own = specs.filter((spec) => spec.root === root);
      found.push(...(await core.trace.drift(root, own, since)));
    }
    return found.filter(({ places }) => places.length > 0);
  });
}

interface Choice {
  readonly drift: Drift;
  readonly place: DriftPlace;
  readonly accept: boolean;
}

type Row = vscode.QuickPickItem & { readonly drift: Drift; readonly place: DriftPlace };

function choose(found: readonly Drift[], since: string): Promise<Choice | undefined> {
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = `Code that changed since ${since}, while its criterion did not`;
  pick.placeholder = 'Enter opens the code; the tick accepts it as it is';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = found.flatMap((drift) =>
    drift.places.map((place) => ({
      label: `${drift.spec}#${drift.id}`,
      description: `${place.path}:${place.line}`,
      detail: drift.text.replace(/\s+/g, ' '),
      buttons: [ACCEPT],
      drift,
      place,
    })),
  );
  return new Promise((resolve) => {
    const end = (choice: Choice | undefined) => {
      resolve(choice);
      pick.dispose();
    };
    pick.onDidAccept(() => {
      const [row] = pick.activeItems;
      end(row && { drift: row.drift, place: row.place, accept: false });
    });
    pick.onDidTriggerItemButton(({ item }) => end({ drift: item.drift, place: item.place, accept: true }));
    pick.onDidHide(() => end(undefined));
    pick.show();
  });
}

async function open(specs: readonly Spec[], { drift, place }: Choice): Promise<void> {
  const spec = specs.find(({ path }) => path === drift.path);
  if (!spec) return;
  const at = new vscode.Position(Math.max(0, place.line - 1), 0);
  await vscode.window.showTextDocument(toUri(joinPath(spec.root, place.path)), {
    selection: new vscode.Range(at, at),
  });
}

async function accept({ core }: Host, drift: Drift): Promise<void> {
  const because = await vscode.window.showInputBox({
    title: `Accept the code of ${drift.spec}#${drift.id} as it is`,
    prompt: 'Why is it in keeping with the criterion? Kept beside the spec until either changes again.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Say why, in a sentence.' : undefined),
  });
  if (because !== undefined) await core.trace.acceptDrift(drift, because.trim());
}
