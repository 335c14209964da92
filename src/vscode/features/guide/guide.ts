/** The guided demo and the Get Started view: which step comes next is read off the files, never stored. */
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Spec } from '../../../core/spec/model';
import { joinPath } from '../../../core/util/path';
import { toPath, toUri } from '../../adapters/paths';
import type { Feature, Host } from '../../host';
import { COMMANDS, CONTEXT, VIEWS } from '../../manifest';

/** The spec that the demo's idea becomes. */
const DEMO_SPEC = 'short-links-expire';
const DEMO_FILE = 'src/shortener.js';

export const registerGuide: Feature = (host) => {
  const { core, demo, models } = host;
  let told = '';
  const update = async () => {
    await core.specs.ready;
    const [active, step] = [demo.active, await guideStep(host)];
    // Each event of a session could change it, and few do.
    const now = JSON.stringify([active, step]);
    if (now === told) return;
    told = now;
    await vscode.commands.executeCommand('setContext', CONTEXT.demo, active);
    await vscode.commands.executeCommand('setContext', CONTEXT.guide, step);
  };
  const refresh = () => void update().catch(host.report);
  refresh();
  const begin = () => void beginAfterReload(host).catch(host.report);
  begin();
  return vscode.Disposable.from(
    // Its texts are welcome contents of the manifest; without a provider the editor would complain under them.
    vscode.window.registerTreeDataProvider<never>(VIEWS.guide, {
      getChildren: () => [],
      getTreeItem: (node) => node,
    }),
    core.specs.onDidChange(refresh),
    core.hooks.onDidChange(refresh),
    core.sessions.onDidChange(refresh),
    core.tasks.onDidChange(refresh),
    models.onDidChange(refresh),
    core.ports.trust.onDidGrant(() => {
      refresh();
      begin();
    }),
    host.command(COMMANDS.startDemo, () => startDemo(host)),
    host.command(COMMANDS.stopDemo, () => demo.stop()),
    host.command(COMMANDS.openDemoFile, openDemoFile),
  );
};

async function guideStep({ core, demo, models }: Host): Promise<string | false> {
  if (!demo.active) {
    // The Specs view's own welcome says it where there is no spec.
    return core.specs.all.length > 0 && core.ports.trust.trusted && (await models.state()) === 'none'
      ? 'noModel'
      : false;
  }
  if (!core.ports.trust.trusted) return 'restricted';
  const spec = core.specs.find(DEMO_SPEC);
  if (!spec) return 'idea';
  if (
    core.sessions.known.some(({ id, state }) => core.sessions.isLive(id) && state.started.spec === spec.path)
  ) {
    return core.tasks.isRunning(spec.path) ? 'running' : 'drafting';
  }
  return spec.documents.find(({ state }) => state !== 'approved')?.kind ?? runStep(spec, core);
}

/** The hook's step is over when a hook ran after the last task: those before were the agent's saves. */
function runStep({ progress }: Spec, { sessions, hooks }: Host['core']): string {
  if (progress.done < progress.total) return 'run';
  const ended = Math.max(0, ...sessions.known.map(({ state }) => state.endedAt ?? 0));
  return hooks.all.some(({ id }) => (hooks.lastRun(id)?.at ?? 0) > ended) ? 'done' : 'hook';
}

/** In the sample's own copy the demo begins here; else a fresh copy is opened, and it begins there. */
async function startDemo(host: Host): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder && (await isFreshSample(host, toPath(folder.uri)))) {
    const waits = !host.core.ports.trust.trusted;
    await host.demo.start(toPath(folder.uri), waits);
    if (waits) await vscode.commands.executeCommand('workbench.trust.manage');
    else await begin(host);
    return;
  }
  const target = await copySample(host.context.extensionPath);
  await host.demo.start(toPath(vscode.Uri.file(target)), true);
  // What is open stays open: somebody may be at work in it.
  const options = folder ? { forceNewWindow: true } : { forceReuseWindow: true };
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(target), options);
}

async function beginAfterReload(host: Host): Promise<void> {
  if (!host.demo.begins || !host.core.ports.trust.trusted) return;
  await host.demo.begun();
  await begin(host);
}

async function begin(host: Host): Promise<void> {
  await host.core.specs.ready;
  await vscode.commands.executeCommand('earshot.specs.focus');
  await vscode.commands.executeCommand(COMMANDS.newSpec);
}

/** Is this a copy of our sample that the demo was not run in? Told by a file that nobody else would have. */
async function isFreshSample({ context }: Host, root: string): Promise<boolean> {
  const steering = '.kiro/steering/product.md';
  const ours = fs.readFile(path.join(context.extensionPath, 'media', 'sample', steering), 'utf8');
  const theirs = fs.readFile(joinPath(root, steering), 'utf8').catch(() => undefined);
  const spec = await fs.stat(joinPath(root, '.kiro/specs', DEMO_SPEC)).catch(() => undefined);
  return spec === undefined && (await ours) === (await theirs);
}

/** A copy of the sample in a folder of the person's: `~/earshot-demo`, or the first free number after it. */
async function copySample(extensionPath: string): Promise<string> {
  for (let n = 1; ; n++) {
    const target = path.join(os.homedir(), n === 1 ? 'earshot-demo' : `earshot-demo-${n}`);
    try {
      await fs.mkdir(target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    await fs.cp(path.join(extensionPath, 'media', 'sample'), target, { recursive: true });
    return target;
  }
}

async function openDemoFile(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder) await vscode.window.showTextDocument(toUri(joinPath(toPath(folder.uri), DEMO_FILE)));
}
