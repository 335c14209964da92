/** The agent view: the session as its log tells it, live while it runs, whole again after a reload. */
import * as vscode from 'vscode';
import type { LiveUpdate } from '../../../core/agent/events';
import { joinPath } from '../../../core/util/path';
import type { AgentModel, FromAgent, ToAgent } from '../../../protocol/agent';
import { agentState } from '../../adapters/agentOff';
import { toUri } from '../../adapters/paths';
import { channelOf, webviewHtml, webviewOptions } from '../../adapters/webview';
import type { Feature, Host } from '../../host';
import { COMMANDS, CONTEXT, VIEWS } from '../../manifest';
import { registerEditDiff } from './editDiff';

/** First version in which an extension may contribute to the secondary side bar. */
const SIDE_BAR_SINCE = [1, 106] as const;

const MESSAGES: { readonly [Type in FromAgent['type']]: true } = {
  ready: true,
  select: true,
  answer: true,
  choose: true,
  stop: true,
  retry: true,
  resume: true,
  send: true,
  openFile: true,
  openDiff: true,
  setKey: true,
  useLocalServer: true,
  manageTrust: true,
  startDemo: true,
};

export const registerAgentView: Feature = (host) => {
  const view = hasSecondarySideBar() ? VIEWS.agentSide : VIEWS.agent;
  if (view === VIEWS.agent) void vscode.commands.executeCommand('setContext', CONTEXT.agentIn, 'bar');
  const state = createViewState(host);
  const diff = registerEditDiff(host);
  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView: (webviewView) => attach(host, webviewView, state, diff.show),
  };
  return vscode.Disposable.from(
    diff,
    state,
    vscode.window.registerWebviewViewProvider(view, provider, {
      webviewOptions: { retainContextWhenHidden: true },
    }),
    host.command(COMMANDS.showAgent, async (session) => {
      if (typeof session === 'string') state.select(session);
      await vscode.commands.executeCommand(`${view}.focus`, { preserveFocus: true });
    }),
  );
};

function hasSecondarySideBar(): boolean {
  const [major = 0, minor = 0] = vscode.version.split('.').map(Number);
  return major > SIDE_BAR_SINCE[0] || (major === SIDE_BAR_SINCE[0] && minor >= SIDE_BAR_SINCE[1]);
}

interface ViewState extends vscode.Disposable {
  model(): Promise<AgentModel>;
  /** What the turn that runs has said so far: for a view that opens in the middle of it. */
  said(session: string): readonly LiveUpdate[];
  select(session: string): void;
  readonly onDidChange: vscode.Event<void>;
}

/** Which session is shown: the chosen one, until another begins. */
function createViewState({ core, report }: Host): ViewState {
  const changed = new vscode.EventEmitter<void>();
  let chosen: string | undefined;
  let latest: string | undefined;
  const begun = new Set<string>();
  const said = new Map<string, { readonly usage: unknown; readonly updates: LiveUpdate[] }>();
  const subscriptions = [
    core.sessions.onDidChange((id) => {
      if (core.sessions.isLive(id) && !begun.has(id)) {
        begun.add(id);
        latest = id;
        chosen = undefined;
      }
      if (!core.sessions.isLive(id)) said.delete(id);
      changed.fire();
    }),
    core.sessions.onLive((update) => {
      // Usage changes when a turn is over: what it said is in the session's items then.
      const usage = core.sessions.get(update.session)?.usage;
      const before = said.get(update.session);
      const updates = before && before.usage === usage ? before.updates : [];
      updates.push(update);
      said.set(update.session, { usage, updates });
    }),
    core.ports.models.onDidChange(() => changed.fire()),
    core.ports.settings.onDidChange(() => changed.fire()),
    core.ports.trust.onDidGrant(() => changed.fire()),
  ];
  void core.sessions.list().then(() => changed.fire(), report);
  return {
    async model() {
      const { known } = core.sessions;
      const id = chosen ?? latest ?? known[0]?.id;
      const shown = known.find((entry) => entry.id === id);
      const { settings, clock } = core.ports;
      const { off } = await agentState(core.ports);
      return {
        session: shown && { ...shown.state, id: shown.id },
        sessions: known.map(({ id: sessionId, state }) => ({
          id: sessionId,
          title: state.started.title,
          status: state.status,
          startedAt: state.startedAt,
        })),
        off: off?.message,
        restricted: off?.restricted ?? false,
        autonomy: settings.get().autonomy,
        now: clock.now(),
      };
    },
    said(session) {
      const current = said.get(session);
      return current?.usage === core.sessions.get(session)?.usage ? (current?.updates ?? []) : [];
    },
    select(session) {
      chosen = session;
      changed.fire();
    },
    onDidChange: changed.event,
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      changed.dispose();
    },
  };
}

/** Milliseconds: repaints at most once a frame, however many events come. */
const FRAME = 16;

function attach(
  host: Host,
  view: vscode.WebviewView,
  state: ViewState,
  showDiff: (session: string, call: string) => Promise<void>,
): void {
  const { core } = host;
  view.webview.options = webviewOptions(host.context);
  const channel = channelOf<ToAgent, FromAgent>(view.webview, MESSAGES);
  let scheduled: ReturnType<typeof setTimeout> | undefined;
  const post = () => {
    scheduled ??= setTimeout(() => {
      scheduled = undefined;
      state.model().then((model) => channel.post({ type: 'model', model }), host.report);
    }, FRAME);
  };
  const run = (id: string, ...args: unknown[]) => void vscode.commands.executeCommand(id, ...args);

  channel.onMessage((message) => {
    switch (message.type) {
      case 'ready':
        return void state.model().then((model) => {
          channel.post({ type: 'model', model });
          for (const update of state.said(model.session?.id ?? '')) channel.post({ type: 'live', update });
        }, host.report);
      case 'select':
        return state.select(message.session);
      case 'answer':
        return core.sessions.answer(message.session, message.call, message.answer);
      case 'choose':
        return core.sessions.choose(message.session, message.call, message.answer);
      case 'stop': {
        const spec = core.sessions.get(message.session)?.started.spec;
        return spec ? core.tasks.stop(spec) : core.sessions.stop(message.session);
      }
      case 'retry':
        return retry(host, message.session);
      case 'resume': {
        const { spec, task } = core.sessions.get(message.session)?.started ?? {};
        return run(COMMANDS.startTask, { spec, task, resume: message.session });
      }
      case 'send':
        return void core.sessions.send(message.session, message.text).catch(host.report);
      case 'openFile':
        return void openFile(state, message.path).catch(host.report);
      case 'openDiff':
        return void showDiff(message.session, message.call).catch(host.report);
      case 'setKey':
        return run(COMMANDS.setApiKey);
      case 'useLocalServer':
        return run(COMMANDS.setServer);
      case 'manageTrust':
        return run('workbench.trust.manage');
      case 'startDemo':
        return run(COMMANDS.startDemo);
    }
  });
  const subscriptions = [
    state.onDidChange(post),
    core.sessions.onLive((update) => channel.post({ type: 'live', update })),
  ];
  view.onDidDispose(() => {
    clearTimeout(scheduled);
    for (const subscription of subscriptions) subscription.dispose();
  });
  view.webview.html = webviewHtml(host.context, view.webview, 'agent', 'Earshot agent');
}

async function openFile(state: ViewState, path: string): Promise<void> {
  const root = (await state.model()).session?.started.root;
  if (root !== undefined) await vscode.commands.executeCommand('vscode.open', toUri(joinPath(root, path)));
}

/** What failed is started again as what it was. */
function retry({ core }: Host, session: string): void {
  const started = core.sessions.get(session)?.started;
  if (started?.hook) return void vscode.commands.executeCommand(COMMANDS.runHook, { id: started.hook });
  if (!started?.spec) return;
  const kind = started.document?.replace(/\.md$/, '');
  const [command, target] =
    started.kind === 'task'
      ? [COMMANDS.startTask, { spec: started.spec, task: started.task }]
      : [started.kind === 'draft' ? COMMANDS.draft : COMMANDS.requestChanges, { spec: started.spec, kind }];
  void vscode.commands.executeCommand(command, target);
}
