/** Which session the agent view shows, and everything that it says about it. */
import * as vscode from 'vscode';
import { changesView } from '../../../core/agent/changes/view';
import type { LiveUpdate } from '../../../core/agent/session/events';
import { titleOf } from '../../../core/agent/session/sessionState';
import type { SessionEntry } from '../../../core/agent/session/sessions';
import type { Said } from '../../../core/agent/turn/chats';
import { basename } from '../../../core/util/path';
import type { AgentModel, HelperSummary, SessionSummary } from '../../../protocol/agent';
import { agentState } from '../../adapters/agentOff';
import { toPath } from '../../adapters/paths';
import type { Host } from '../../host';
import { createCallableGuidance } from './callableGuidance';
import type { ChosenAgent } from './chooseAgent';
import { append } from './liveUpdates';
import { createNearestLimit } from './nearestLimit';
import { offeredCommands } from './offeredCommands';
import { createRestorableTurns } from './restorableTurns';

export interface ViewState extends vscode.Disposable {
  model(): Promise<AgentModel>;
  /** What the turn that runs has said so far: for a view that opens in the middle of it. */
  said(session: string): readonly LiveUpdate[];
  /** Undefined: the view in which a session begins. */
  select(session: string | undefined): void;
  /** What the person may change before it is sent: to a session, or to begin one with. */
  compose(said: Said, session?: string): void;
  /** That, once; undefined when there is nothing. */
  takeComposed(): Said | undefined;
  /** Who leads the next new session; undefined: nobody. */
  readonly agent: ChosenAgent | undefined;
  leadBy(agent: ChosenAgent | undefined): void;
  readonly onDidChange: vscode.Event<void>;
}

/** The most that the organisation lets it do unasked. */
function limitOf({ ports }: Host['core']): AgentModel['autonomyLimit'] {
  return ports.administration?.policy?.autonomy;
}

/** The chosen session, until another begins. */
export function createViewState({ core, report }: Host): ViewState {
  const changed = new vscode.EventEmitter<void>();
  /** `new`: none, because one is about to begin. */
  let chosen: string | 'new' | undefined;
  let latest: string | undefined;
  let composed: Said | undefined;
  let offered = '[]';
  let agent: ChosenAgent | undefined;
  const limits = createNearestLimit(core);
  const restorable = createRestorableTurns(core, () => changed.fire());
  const callable = createCallableGuidance(core, report, () => changed.fire());
  const begun = new Set<string>();
  const said = new Map<string, { readonly usage: unknown; readonly updates: LiveUpdate[] }>();

  function onSession(id: string): void {
    if (core.sessions.isLive(id) && !begun.has(id)) {
      begun.add(id);
      const kind = core.sessions.get(id)?.started.kind;
      // A hook that fires must not take the conversation away from under the person's hands, and a sub-agent has its row in it.
      if (kind !== 'subagent' && (kind !== 'hook' || chosen === undefined)) {
        latest = id;
        chosen = undefined;
      }
    }
    if (!core.sessions.isLive(id)) said.delete(id);
    changed.fire();
  }

  function shownEntry(known: readonly SessionEntry[]): SessionEntry | undefined {
    if (chosen === 'new') return undefined;
    const id = chosen ?? latest;
    return known.find((entry) => entry.id === id) ?? known[0];
  }

  const subscriptions = [
    limits,
    restorable,
    callable,
    core.sessions.onDidChange(onSession),
    core.sessions.onLive((update) => {
      // Usage changes when a turn is over: what it said is in the session's items then.
      const usage = core.sessions.get(update.session)?.usage;
      const before = said.get(update.session);
      const updates = before && before.usage === usage ? before.updates : [];
      append(updates, update);
      said.set(update.session, { usage, updates });
    }),
    core.ports.models.onDidChange(() => changed.fire()),
    core.ports.settings.onDidChange(() => changed.fire()),
    core.ports.trust.onDidGrant(() => changed.fire()),
    // Servers tell of each line that they log: what is offered changes seldom.
    core.servers.onDidChange(() => {
      const now = JSON.stringify(offeredCommands(core.servers));
      if (now !== offered) changed.fire();
      offered = now;
    }),
  ];
  void core.sessions.list().then(() => changed.fire(), report);
  return {
    async model() {
      const { known } = core.sessions;
      const { settings, clock } = core.ports;
      const { off } = await agentState(core.ports);
      const shown = shownEntry(known);
      const { autonomy, contextTokens } = settings.get();
      const current = await core.ports.models.current();
      const limit = shown && (await limits.of(shown.state.started));
      return {
        session: shown && { ...shown.state, id: shown.id },
        sessions: known.map(summaryOf),
        off: off?.message,
        restricted: off?.restricted ?? false,
        autonomy,
        autonomyLimit: limitOf(core),
        changes: shown && changesView(shown.state.changes),
        elsewhere: shown?.state.status === 'running' && !core.sessions.isLive(shown.id),
        budget: Math.min(contextTokens, shown?.state.budget ?? contextTokens),
        restorable: shown ? restorable.of(shown.id) : [],
        ...(limit ? { limit } : {}),
        ...('model' in current ? { modelName: current.model.name } : {}),
        mentions: core.mentions.kinds,
        commands: [
          ...offeredCommands(core.servers),
          ...callable.in(shown?.state.started.root ?? firstFolder()),
        ],
        helpers: shown ? helpersOf(shown.id, known) : [],
        ...nextOf(agent),
        now: clock.now(),
      };
    },
    said(session) {
      const current = said.get(session);
      return current?.usage === core.sessions.get(session)?.usage ? (current?.updates ?? []) : [];
    },
    select(session) {
      chosen = session ?? 'new';
      changed.fire();
    },
    compose(said, session) {
      composed = said;
      chosen = session ?? 'new';
      changed.fire();
    },
    takeComposed() {
      const said = composed;
      composed = undefined;
      return said;
    },
    get agent() {
      return agent;
    },
    leadBy(next) {
      agent = next;
      changed.fire();
    },
    onDidChange: changed.event,
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      changed.dispose();
    },
  };
}

function nextOf(agent: ChosenAgent | undefined): Pick<AgentModel, 'nextAgent' | 'nextWelcome'> {
  if (!agent) return {};
  return { nextAgent: agent.name, ...(agent.welcome ? { nextWelcome: agent.welcome } : {}) };
}

function firstFolder(): string | undefined {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  return first && toPath(first.uri);
}

function helpersOf(session: string, known: readonly SessionEntry[]): readonly HelperSummary[] {
  return known.flatMap(({ id, state: { started, status, items, changes } }) => {
    if (started.parent?.session !== session) return [];
    const asks = items.some((item) => item.type === 'tool' && item.status === 'asking');
    const waits = status === 'running' && (asks || changes.set?.state === 'open');
    return [{ session: id, call: started.parent.call, agent: started.agent?.name ?? 'Sub-agent', waits }];
  });
}

function summaryOf({ id, state }: SessionEntry): SessionSummary {
  const { kind, spec, hook, agent } = state.started;
  const place = spec === undefined ? (hook ?? agent?.name) : basename(spec);
  return {
    id,
    title: titleOf(state),
    status: state.status,
    startedAt: state.startedAt,
    kind,
    ...(place === undefined ? {} : { place }),
  };
}
