/** Lenses in spec documents: the document's phase and its next act on top, and what each task has to say. */
import * as vscode from 'vscode';
import type { DocumentSnapshot, Spec } from '../../../core/spec/model';
import { parseConfig } from '../../../core/spec/parseConfig';
import { changesWords, isAcceptable, votesWords } from '../../../core/spec/phase';
import { CONFIG_NAME, FILE_NAMES } from '../../../core/spec/readSpec';
import { documentAt } from '../../adapters/specTarget';
import type { Feature, Host } from '../../host';
import { COMMANDS, CONTEXT } from '../../manifest';
import { registerBesideProblems } from './besideProblems';
import { registerCompletions } from './completions';
import { registerCoverageLenses } from './coverageLenses';
import { registerFileLinks } from './fileLinks';
import { registerLinkConfirmation } from './linkConfirmation';
import { registerNavigation } from './navigation';
import { registerRestructuring } from './restructuring';
import { registerSpecProblems } from './specProblems';
import { registerStructure } from './structure';
import { registerTaskGutter } from './taskGutter';
import { lens, runLenses, taskLenses } from './taskLenses';
import { registerTestResults } from './testResults';

/** Specs may lie in groups; what lies there and is none, `documentAt` does not know. */
const SELECTOR: vscode.DocumentSelector = {
  scheme: 'file',
  pattern: '**/.kiro/specs/**/{requirements,bugfix,design,tasks}.md',
};

export const registerLanguage: Feature = (host) => {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      await host.core.specs.ready;
      const found = documentAt(host.core, document.uri);
      if (!found || found.document.text === undefined) return [];
      // What ran before this window was opened is read with the first tasks that are looked at.
      if (found.document.kind === 'tasks') await host.core.runs.list(found.spec.path);
      return [
        ...documentLenses(host, found.spec, found.document),
        ...taskLenses(host, found.spec, found.document),
      ];
    },
  };
  const followEditor = () => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const kind = (uri && documentAt(host.core, uri)?.document.kind) ?? false;
    void vscode.commands.executeCommand('setContext', CONTEXT.specDocument, kind);
  };
  followEditor();
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(SELECTOR, provider),
    registerSpecProblems(host, SELECTOR),
    registerNavigation(host, SELECTOR),
    registerStructure(host, SELECTOR),
    registerRestructuring(host, SELECTOR),
    registerCompletions(host, SELECTOR),
    registerCoverageLenses(host, SELECTOR, changed.event),
    registerFileLinks(SELECTOR),
    registerLinkConfirmation(host),
    registerBesideProblems(host, {
      name: CONFIG_NAME,
      openedBy: [...Object.values(FILE_NAMES), CONFIG_NAME],
      findings: (text) => parseConfig(text).findings,
    }),
    registerTestResults(host),
    registerTaskGutter(host),
    vscode.window.onDidChangeActiveTextEditor(followEditor),
    host.core.specs.onDidChange(() => {
      changed.fire();
      followEditor();
    }),
    host.core.sessions.onDidChange(() => changed.fire()),
    host.core.tasks.onDidChange(() => changed.fire()),
    host.core.runs.onDidChange(() => changed.fire()),
  );
};

function documentLenses(host: Host, spec: Spec, document: DocumentSnapshot): vscode.CodeLens[] {
  const target = { spec: spec.path, kind: document.kind };
  const { state, approval, changes, claim, votes } = document;
  const review = lens(0, '$(checklist) Review', COMMANDS.review, target);
  if (state === 'drafting') return [lens(0, '$(loading~spin) Drafting… Stop', COMMANDS.stop, target)];
  if (state === 'incomplete')
    return [lens(0, '$(warning) Cut off. Draft again', COMMANDS.draft, target), review];
  const edits = changes && changesWords(changes);
  const since = state === 'changed' ? `Changed since approval${edits ? ` (${edits})` : ''}. ` : '';
  const waiting = votesWords(votes, state);
  const asked = document.requested ? 'Changes requested. ' : '';
  const told = `${state === 'claimed' ? 'Approval not verified. ' : since}${asked}${waiting ? `${waiting}. ` : ''}`;
  const head =
    state === 'approved'
      ? lens(0, `$(check) Approved by ${approval?.by ?? ''}`, COMMANDS.review, target)
      : lens(0, `$(check) ${told}Approve…`, COMMANDS.approve, target);
  const run = document.kind === 'tasks' ? runLenses(host, spec, target) : [];
  const accept = isAcceptable(claim)
    ? [lens(0, `$(key) Accept Approvals by ${claim.by}…`, COMMANDS.acceptKey, target)]
    : [];
  return [head, ...accept, review, ...run];
}
