/** The agent view: the session as its log tells it, live while it runs, whole again after a reload. */
import * as vscode from 'vscode';
import { mentionText } from '../../../core/agent/mentions/mentionText';
import type { Said } from '../../../core/agent/turn/chats';
import { Cancelled, createAbort } from '../../../core/util/abort';
import { errorMessage } from '../../../core/util/errorMessage';
import { joinPath } from '../../../core/util/path';
import type { AgentModel, FromAgent, ToAgent } from '../../../protocol/agent';
import { modelMessage } from '../../../protocol/conversation';
import { toUri } from '../../adapters/paths';
import { channelOf, webviewHtml, webviewOptions } from '../../adapters/webview';
import type { Feature, Host } from '../../host';
import { COMMANDS, CONTEXT, VIEWS } from '../../manifest';
import { registerEditDiff } from './editDiff';
import { gather } from './liveUpdates';
import { registerMentions } from './mentions';
import { runOfferedCommand } from './offeredCommands';
import { createSessionActs } from './sessionActs';
import { createViewState, type ViewState } from './viewState';

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
  say: true,
  takeBack: true,
  choices: true,
  command: true,
  newSession: true,
  rename: true,
  fork: true,
  restoreBefore: true,
  showCheckpoints: true,
  export: true,
  delete: true,
  compact: true,
  chooseModel: true,
  chooseAgent: true,
  chooseAutonomy: true,
  openFile: true,
  openDiff: true,
  openChanges: true,
  review: true,
  setKey: true,
  useLocalServer: true,
  useBedrock: true,
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
    registerMentions(host),
    vscode.window.registerWebviewViewProvider(view, provider, {
      webviewOptions: { retainContextWhenHidden: true },
    }),
    host.command(COMMANDS.showAgent, async (session, composed) => {
      if (typeof session === 'string' && isSaid(composed)) state.compose(composed, session);
      else if (typeof session === 'string') state.select(session);
      await vscode.commands.executeCommand(`${view}.focus`, { preserveFocus: true });
    }),
    host.command(COMMANDS.newSession, async (text) => {
      state.compose({ text: typeof text === 'string' ? text : '' });
      await vscode.commands.executeCommand(`${view}.focus`);
    }),
  );
};

/** Words with their pictures, of another feature of ours. */
function isSaid(value: unknown): value is Said {
  const said = value as Partial<Said> | null | undefined;
  return typeof said?.text === 'string' && Array.isArray(said.pictures ?? []);
}

function hasSecondarySideBar(): boolean {
  const [major = 0, minor = 0] = vscode.version.split('.').map(Number);
  return major > SIDE_BAR_SINCE[0] || (major === SIDE_BAR_SINCE[0] && minor >= SIDE_BAR_SINCE[1]);
}

/** Milliseconds: redraws at most so often, however many events come. */
const FRAME = 40;
/** Milliseconds between two looks at the logs of other windows. */
const FOLLOW = 2000;

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
  let isReady = false;
  /** What the view has. */
  let sent: AgentModel | undefined;
  const send = (model: AgentModel) => {
    live.flush();
    channel.post(modelMessage(model, sent));
    sent = model;
  };
  const postComposed = () => {
    const composed = isReady ? state.takeComposed() : undefined;
    if (composed !== undefined) channel.post({ type: 'compose', ...composed });
  };
  const live = gather(FRAME, (update) => channel.post({ type: 'live', update }));
  const post = () => {
    scheduled ??= setTimeout(() => {
      scheduled = undefined;
      state.model().then((model) => {
        send(model);
        postComposed();
      }, host.report);
    }, FRAME);
  };
  const run = (id: string, ...args: unknown[]) => void vscode.commands.executeCommand(id, ...args);
  const acts = createSessionActs(host, state);
  const tell = (act: Promise<unknown>) => void act.catch(host.report);

  /** What a mention may name: only the latest question is of interest. */
  let asked = createAbort();
  async function offer({ request, kind, query }: Extract<FromAgent, { type: 'choices' }>): Promise<void> {
    asked.abort(new Cancelled());
    asked = createAbort();
    const { signal } = asked;
    try {
      const root = (await state.model()).session?.started.root ?? acts.folder();
      const choices = await core.mentions.choices(root, kind, query, signal);
      const offered = choices.map((choice) => ({ ...choice, mention: mentionText(kind, choice.argument) }));
      channel.post({ type: 'choices', request, choices: offered });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  channel.onMessage((message) => {
    switch (message.type) {
      case 'ready':
        sent = undefined;
        return void state.model().then((model) => {
          send(model);
          for (const update of state.said(model.session?.id ?? '')) channel.post({ type: 'live', update });
          isReady = true;
          postComposed();
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
        return tell(acts.retry(message.session));
      case 'resume':
        return tell(acts.resume(message.session));
      case 'say':
        return void acts
          .say(message.session, { text: message.text, pictures: message.pictures })
          .catch((error) => channel.post({ type: 'refused', message: errorMessage(error) }));
      case 'takeBack':
        return tell(acts.takeBack(message.session, message.message));
      case 'choices':
        return tell(offer(message));
      case 'command':
        return tell(runOfferedCommand(core.servers, message));
      case 'newSession':
        return state.select(undefined);
      case 'rename':
        return tell(acts.rename(message.session, message.title));
      case 'fork':
        return tell(acts.fork(message.session, message.before));
      case 'restoreBefore':
        return run(COMMANDS.restoreToBefore, { session: message.session, turn: message.turn });
      case 'showCheckpoints':
        return run(COMMANDS.showCheckpoints, { session: message.session });
      case 'export':
        return tell(acts.export(message.session));
      case 'delete':
        return tell(acts.delete(message.session));
      case 'compact':
        return tell(core.chats.compact(message.session));
      case 'chooseModel':
        return run(COMMANDS.chooseModel);
      case 'chooseAgent':
        return tell(acts.chooseAgent());
      case 'chooseAutonomy':
        return run(COMMANDS.chooseAutonomy);
      case 'openFile':
        return void openFile(state, message.path).catch(host.report);
      case 'openDiff':
        return void showDiff(message.session, message.call).catch(host.report);
      case 'openChanges':
        return run(COMMANDS.openChanges, { session: message.session, path: message.path });
      case 'review':
        return void core.reviews.act(message.session, message.act).catch(host.report);
      case 'setKey':
        return run(COMMANDS.setApiKey);
      case 'useBedrock':
        return run(COMMANDS.useBedrock);
      case 'useLocalServer':
        return run(COMMANDS.setServer);
      case 'manageTrust':
        return run('workbench.trust.manage');
      case 'startDemo':
        return run(COMMANDS.startDemo);
    }
  });
  const subscriptions = [state.onDidChange(post), live, core.sessions.onLive(live.add)];
  // Another window or a terminal may go on with a session, too: its log tells.
  const follow = setInterval(() => {
    if (view.visible) void core.sessions.list().catch(host.report);
  }, FOLLOW);
  view.onDidDispose(() => {
    clearTimeout(scheduled);
    clearInterval(follow);
    for (const subscription of subscriptions) subscription.dispose();
  });
  view.webview.html = webviewHtml(host.context, view.webview, 'agent', 'Earshot agent');
}

async function openFile(state: ViewState, path: string): Promise<void> {
  const root = (await state.model()).session?.started.root;
  if (root !== undefined) await vscode.commands.executeCommand('vscode.open', toUri(joinPath(root, path)));
}
