/** What a person is told before a yes: all that is open, what the yes confirms, and what it lets run. */
import type { Core } from '../../../core';
import type { DocumentSnapshot, Spec } from '../../../core/spec/model';
import { changesWords } from '../../../core/spec/phase';
import type { TraceLink } from '../../../core/trace/model';
import { suspectLinks } from '../../../core/trace/suspectLinks';
import { basename } from '../../../core/util/path';
import type { Thread } from '../../../core/workflow/comments/records';
import { checkCommands } from '../../../core/workflow/workflow';

export interface Approving {
  readonly document: DocumentSnapshot;
  /** Comments on it that nobody has resolved. */
  readonly comments: readonly Thread[];
  /** Links that the approval confirms, though what they were confirmed for was edited. */
  readonly suspects: readonly TraceLink[];
}

export async function approvingOf(
  { comments, trace }: Pick<Core, 'comments' | 'trace'>,
  spec: Spec,
  document: DocumentSnapshot,
): Promise<Approving> {
  const { kind } = document;
  // Tags in the code are no part of an approval; the code that requirements rest on is.
  const [threads, graph] = await Promise.all([comments.threads(spec, kind), trace.graph(spec, { code: [] })]);
  const open = threads.filter(({ resolved }) => !resolved);
  return { document, comments: open, suspects: suspectLinks(graph, kind) };
}

const LISTED = 3;
const LONGEST = 80;

/** @param roles those that the workspace proposes for the person: a yes says so, too */
export function approvalDetail(approving: readonly Approving[], roles: readonly string[]): string {
  const each = approving.flatMap((one) => {
    const open = openIn(one);
    const name = approving.length > 1 && open.length > 0 ? [basename(one.document.path)] : [];
    return [...name, ...open];
  });
  return [
    ...each,
    'Approval is bound to the text as it stands; a later edit shows as “changed since approval”.',
    'It is signed with your key. A command that runs as you, outside a sandbox, can reach that key: where the agent’s commands run freely, no approval is agent-proof.',
    ...(roles.length === 0
      ? []
      : [
          `This workspace says that you approve for: ${roles.join(', ')}. By approving you say so, too, for this workspace.`,
        ]),
  ].join('\n\n');
}

function openIn({ document, comments, suspects }: Approving): readonly string[] {
  const { problems, changes, state } = document;
  const edits = state === 'changed' && changes ? changesWords(changes) : undefined;
  const findings = problems.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const commands = checkCommands(document);
  return [
    ...(edits === undefined ? [] : [`Since the last approval: ${edits}.`]),
    ...told(
      findings.map(({ message }) => message),
      (count) => `Still open: ${count === 1 ? 'one finding' : `${count} findings`}.`,
    ),
    ...told(
      comments.map(({ part, comments: [first] }) => `${headless(part)}: ${short(first?.text ?? '')}`),
      (count) => `Not resolved: ${count === 1 ? 'one comment' : `${count} comments`}.`,
    ),
    ...told(
      suspects.map(({ label, level, reason = '' }) =>
        level === 'code' ? reason : `${level === 'design' ? 'section' : level} ${label}: ${reason}`,
      ),
      (count) =>
        `Suspect: ${count === 1 ? 'one link' : `${count} links`}. By approving you say that ${count === 1 ? 'it is' : 'they are'} still right.`,
    ),
    ...told(commands, () => 'Its checks will run without asking again:', commands.length),
  ];
}

/** What there is of a kind, the first of it by name. */
function told(items: readonly string[], head: (count: number) => string, most = LISTED): readonly string[] {
  if (items.length === 0) return [];
  const rest = items.length > most ? [`• and ${items.length - most} more`] : [];
  return [[head(items.length), ...items.slice(0, most).map((item) => `• ${item}`), ...rest].join('\n')];
}

function headless(part: string): string {
  return part.replace(/^#+ /, '');
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).trimEnd()}…` : line;
}
