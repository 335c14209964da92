/** Lenses in spec documents: the document's phase and its next act on top, Start Task on each open task. */
import * as vscode from 'vscode';
import type { DocumentSnapshot, Spec } from '../../../core/spec/model';
import { changesWords, isAcceptable, votesWords } from '../../../core/spec/phase';
import { documentAt, tasksOf } from '../../adapters/specTarget';
import type { Feature, Host } from '../../host';
import { COMMANDS, CONTEXT } from '../../manifest';
import { registerCompletions } from './completions';
import { registerCoverageLenses } from './coverageLenses';
import { registerFileLinks } from './fileLinks';
import { registerLinkConfirmation } from './linkConfirmation';
import { registerNavigation } from './navigation';
import { registerRestructuring } from './restructuring';
import { registerSpecProblems } from './specProblems';
import { registerStructure } from './structure';
import { registerTestResults } from './testResults';

const SELECTOR: vscode.DocumentSelector = {
  scheme: 'file',
  pattern: '**/.kiro/specs/*/{requirements,bugfix,design,tasks}.md',
};

export const registerLanguage: Feature = (host) => {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      await host.core.specs.ready;
      const found = documentAt(host.core, document.uri);
      if (!found || found.document.text === undefined) return [];
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
    registerTestResults(host),
    vscode.window.onDidChangeActiveTextEditor(followEditor),
    host.core.specs.onDidChange(() => {
      changed.fire();
      followEditor();
    }),
    host.core.sessions.onDidChange(() => changed.fire()),
    host.core.tasks.onDidChange(() => changed.fire()),
  );
};

function lens(line: number, title: string, command: string, ...args: unknown[]): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: args });
}

function documentLenses({ core }: Host, spec: Spec, document: DocumentSnapshot): vscode.CodeLens[] {
  const target = { spec: spec.path, kind: document.kind };
  const { state, approval, changes, claim, votes } = document;
  const review = lens(0, '$(checklist) Review', COMMANDS.review, target);
  if (state === 'drafting') return [lens(0, '$(loading~spin) Drafting… Stop', COMMANDS.stop, target)];
  if (state === 'incomplete')
    return [lens(0, '$(warning) Cut off. Draft again', COMMANDS.draft, target), review];
  const edits = changes && changesWords(changes);
  const since = state === 'changed' ? `Changed since approval${edits ? ` (${edits})` : ''}. ` : '';
  const waiting = votesWords(votes, state);
  const told = `${state === 'claimed' ? 'Approval not verified. ' : since}${waiting ? `${waiting}. ` : ''}`;
  const head =
    state === 'approved'
      ? lens(0, `$(check) Approved by ${approval?.by ?? ''}`, COMMANDS.review, target)
      : lens(0, `$(check) ${told}Approve…`, COMMANDS.approve, target);
  const { done, total } = spec.progress;
  const run =
    document.kind !== 'tasks' || done === total
      ? []
      : core.tasks.isRunning(spec.path)
        ? [lens(0, '$(debug-stop) Stop', COMMANDS.stop, target)]
        : [lens(0, `$(run-all) Run All Tasks (${done}/${total})`, COMMANDS.runAllTasks, target)];
  const accept = isAcceptable(claim)
    ? [lens(0, `$(key) Accept Approvals by ${claim.by}…`, COMMANDS.acceptKey, target)]
    : [];
  return [head, ...accept, review, ...run];
}

function taskLenses({ core }: Host, spec: Spec, document: DocumentSnapshot): vscode.CodeLens[] {
  if (document.kind !== 'tasks') return [];
  const running = core.tasks.isRunning(spec.path);
  return tasksOf(spec).flatMap((task) => {
    const target = { spec: spec.path, task: task.key };
    const last = core.tasks.sessionOf(spec.path, task);
    if (last?.state.status === 'running')
      return [lens(task.line, '$(loading~spin) Running… Show', COMMANDS.showAgent, last.id)];
    if (task.state === 'done' || running) return [];
    const start = lens(task.line, '$(play) Start Task', COMMANDS.startTask, target);
    if (last?.state.status === 'failed')
      return [lens(task.line, '$(error) Failed. Show why', COMMANDS.showAgent, last.id), start];
    if (last?.state.status === 'done')
      return [start, lens(task.line, '$(pass) Mark as Done', COMMANDS.markTaskDone, target)];
    return [start];
  });
}
