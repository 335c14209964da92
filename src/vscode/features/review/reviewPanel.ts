/** The review panel: one for each spec, restored after a reload. It renders the core's snapshot and sends intents. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { DocumentKind } from '../../../core/spec/model';
import type { FromReview, ToReview } from '../../../protocol/review';
import { agentState } from '../../adapters/agentOff';
import { followCodeTags } from '../../adapters/codeTags';
import { createSpecPanels, type SpecPlace } from '../../adapters/specPanels';
import { isSpecTarget, pickSpec } from '../../adapters/specTarget';
import { channelOf, webviewHtml } from '../../adapters/webview';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { registerDecisions } from './decideRevision';
import { type MergeByHand, registerMergeByHand } from './mergeByHand';
import { carryOut, MESSAGES } from './reviewMessages';
import { type ReviewInput, reviewModel } from './reviewModel';
import { registerRevisionDiff } from './revisionDiff';

interface Shown {
  show(kind: DocumentKind | undefined): void;
}

export const registerReview: Feature = (host) => {
  const diff = registerRevisionDiff(host);
  const merge = registerMergeByHand(host);
  const panels = createSpecPanels(host, {
    viewType: 'earshot.review',
    titleOf: (spec) => `Review: ${spec}`,
    attach: (panel, spec) => attachPanel(host, panel, spec, diff.show, merge),
  });

  async function open(target: unknown): Promise<void> {
    const spec = await pickSpec(host.core, target, 'Open Review');
    if (!spec)
      throw new ActError('notFound', 'There is no spec to review yet. “Earshot: New Spec…” starts one.');
    const shown = await panels.open(spec);
    shown.show(isSpecTarget(target) ? target.kind : undefined);
  }

  return vscode.Disposable.from(
    panels,
    diff,
    merge,
    registerDecisions(host, merge),
    host.command(COMMANDS.review, open),
  );
};

function attachPanel(
  host: Host,
  panel: vscode.WebviewPanel,
  place: SpecPlace,
  showDiff: (session: string) => Promise<void>,
  merge: MergeByHand,
): Shown {
  const { core } = host;
  const channel = channelOf<ToReview, FromReview>(panel.webview, MESSAGES);
  let shown = firstOpen(host, place.path);
  let compared: ReviewInput['compared'];
  let posted = '';
  let turn = 0;

  async function post(): Promise<void> {
    turn++;
    const own = turn;
    const spec = core.specs.get(place.path);
    if (!spec) {
      channel.post({ type: 'error', message: 'This spec is no longer there.' });
      return;
    }
    const kindNow = shown;
    const [{ off, rehearsed }, threads, graph, me] = await Promise.all([
      agentState(core.ports),
      core.comments.threads(spec, kindNow),
      core.trace.graph(spec, { code: code.tags ?? false }),
      core.ports.person.name(),
    ]);
    // Asked again meanwhile: that answer is newer.
    if (own !== turn) return;
    const model = reviewModel({
      spec,
      shown: kindNow,
      sessions: core.sessions.known,
      isLive: core.sessions.isLive,
      threads,
      graph,
      me,
      compared,
      off,
      rehearsed,
    });
    const text = JSON.stringify(model);
    if (text === posted) return;
    posted = text;
    channel.post({ type: 'model', model });
  }

  const update = () => void post().catch((error) => host.report(error));
  const code = followCodeTags(host, panel, core.specs.get(place.path)?.root, update);

  /** The keys to the panel, unless the person went elsewhere. */
  const back = () => {
    if (panel.visible) panel.reveal(panel.viewColumn);
  };
  channel.onMessage((message) => {
    if (message.type === 'ready') {
      posted = '';
      // Behind what is shown at once.
      code.readSoon();
    }
    if (message.type === 'show') shown = message.kind;
    if (message.type === 'compare') compared = message.rounds;
    if (message.type === 'ready' || message.type === 'show' || message.type === 'compare') return update();
    // Not all of it changes a document.
    void carryOut(host, { path: place.path, shown, showDiff, merge, back }, message).then(update, (error) => {
      // Said where the person is looking.
      if (error instanceof ActError) channel.post({ type: 'error', message: error.message });
      else host.report(error);
    });
  });
  const subscriptions = [
    code,
    core.specs.onDidChange(update),
    core.comments.onDidChange(update),
    core.sessions.onDidChange(update),
    core.ports.models.onDidChange(update),
    core.ports.trust.onDidGrant(update),
  ];
  panel.onDidDispose(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.webview.html = webviewHtml(host.context, panel.webview, 'review', 'Earshot review');
  return {
    show(next) {
      if (next) shown = next;
      update();
    },
  };
}

/** The first document that waits for the person, else the last that is written. */
function firstOpen({ core }: Host, path: string): DocumentKind {
  const documents = core.specs.get(path)?.documents ?? [];
  const written = documents.filter(({ text }) => text !== undefined);
  return (
    (written.find(({ state }) => state !== 'approved') ?? written[0] ?? documents[0])?.kind ?? 'requirements'
  );
}
