/** What a message that begins with a slash does. To add one: a row here; prompts of servers come from the host. Pure. */
import type { AgentModel } from '../../../protocol/agent';
import type { AgentActs } from '../agentActs';

export interface SlashCommand {
  readonly name: string;
  readonly description: string;
  /** What may stand behind it; undefined: nothing. */
  readonly takes?: string;
  /** Why it cannot be done now. */
  blocked?(model: AgentModel): string | undefined;
  run(acts: AgentActs, argument: string): void;
}

const needsSession = ({ session }: AgentModel) => (session ? undefined : 'There is no session yet.');

const needsRest = (model: AgentModel) =>
  needsSession(model) ?? (model.session?.status === 'running' ? 'Stop the session first.' : undefined);

export const SLASH_COMMANDS: readonly SlashCommand[] = [
  { name: 'new', description: 'Begin another session', run: (acts) => acts.newSession() },
  {
    name: 'fork',
    description: 'Go on in a copy of this session',
    blocked: needsSession,
    run: (acts) => acts.forkShown(),
  },
  {
    name: 'checkpoints',
    description: 'Show what this session can be restored to',
    blocked: needsSession,
    run: (acts) => acts.showShownCheckpoints(),
  },
  {
    name: 'rename',
    description: 'Call this session something else',
    takes: 'title',
    blocked: needsSession,
    run: (acts, argument) => acts.renameShown(argument),
  },
  {
    name: 'compact',
    description: 'Sum up the oldest steps for the model',
    blocked: needsRest,
    run: (acts) => acts.compact(),
  },
  {
    name: 'export',
    description: 'Open this session as Markdown',
    blocked: needsSession,
    run: (acts) => acts.exportShown(),
  },
  {
    name: 'delete',
    description: 'Delete this session and its log',
    blocked: needsRest,
    run: (acts) => acts.deleteShown(),
  },
  { name: 'model', description: 'Choose the model', run: (acts) => acts.post({ type: 'chooseModel' }) },
  {
    name: 'agent',
    description: 'Choose who leads the next session',
    run: (acts) => acts.post({ type: 'chooseAgent' }),
  },
  {
    name: 'stop',
    description: 'Stop what runs',
    blocked: ({ session }) => (session?.status === 'running' ? undefined : 'Nothing runs.'),
    run: (acts) => acts.stop(),
  },
];

/** A message that is a command, and what stands behind it; a path such as `/usr/bin` is a message. */
export function parseSlash(text: string): { readonly name: string; readonly argument: string } | undefined {
  const match = /^\/([\w.-]+)(?:[ \t]+([^\n]*))?\s*$/.exec(text.trimStart());
  return match ? { name: match[1] ?? '', argument: match[2]?.trim() ?? '' } : undefined;
}
