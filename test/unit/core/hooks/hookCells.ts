/**
 * The table of hooks: what fires in which kind of session. Tests fire each cell by real processes and agents, and that of
 * the command line once more by the built program (`test/e2e/cliHooks.test.ts`).
 */
import { type HookTrigger, TRIGGERS } from '../../../../src/core/hooks/model';

export const KINDS = ['main', 'task', 'subagent', 'cli'] as const;
export type Kind = (typeof KINDS)[number];
export const GENERATIONS = ['v1', '0.x'] as const;
export type Generation = (typeof GENERATIONS)[number];

/** 0.x has a name for it or `-`; exit code 2 keeps it from happening, or it is too late for that; and why it fires nowhere else. */
export const TABLE = `
trigger             0.x               main task subagent cli  2
SessionStart        agentSpawn        x    x    x        x    tells
UserPromptSubmit    promptSubmit      x    x    x        x    blocks
PreToolUse          preToolUse        x    x    x        x    blocks
PostToolUse         postToolUse       x    x    x        x    tells
Stop                agentStop         x    x    x        x    tells
PreTaskExec         preTaskExecution  -    x    -        x    blocks  only a task of a specification begins
PostTaskExec        postTaskExecution -    x    -        x    tells   and ends
PostFileCreate      fileCreated       x    x    x        x    tells
PostFileSave        fileEdited        x    x    x        x    tells
PostFileDelete      fileDeleted       x    x    x        x    tells
Manual              userTriggered     x    -    -        x    tells   by hand, in the view or the terminal
OnApproval          -                 x    -    -        -    tells   a person approves, in the editor: no command and no agent does
OnSpecChange        -                 x    x    -        x    tells   a sub-agent writes no specification
OnCheckpointRestore -                 x    -    -        x    tells   beside all sessions, as are the next two
OnGitCommit         -                 x    -    -        x    tells
OnSchedule          -                 x    -    -        x    tells
`;

interface Row {
  readonly trigger: HookTrigger;
  readonly older: string | undefined;
  readonly kinds: readonly Kind[];
  readonly blocks: boolean;
}

const ROWS: readonly Row[] = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [name = '', older = '', ...rest] = line.split(/\s+/);
    const trigger = TRIGGERS.find((each) => each === name);
    if (!trigger) throw new Error(`There is no trigger ${name}.`);
    return {
      trigger,
      older: older === '-' ? undefined : older,
      kinds: KINDS.filter((_, index) => rest[index] === 'x'),
      blocks: rest[KINDS.length] === 'blocks',
    };
  });

export const ALL = ROWS.map(({ trigger }) => trigger);
export const BLOCKING = ROWS.filter(({ blocks }) => blocks).map(({ trigger }) => trigger);

export function cellsOf(kind: Kind, generation: Generation): readonly HookTrigger[] {
  return ROWS.filter(
    ({ kinds, older }) => kinds.includes(kind) && (generation === 'v1' || older !== undefined),
  ).map(({ trigger }) => trigger);
}

/** What 0.x calls it; undefined where it has no name for it. */
export function olderNameOf(trigger: HookTrigger): string | undefined {
  return ROWS.find((row) => row.trigger === trigger)?.older;
}

export interface Wanted {
  readonly generation: Generation;
  readonly action: 'command' | 'agent';
  readonly triggers: readonly HookTrigger[];
  /** What commands do, a hook for each; without them, one that keeps what it is told. */
  readonly commands?: readonly string[];
}

/** Names are the trigger’s, with a number behind where there are several commands. */
export function hookFiles({ generation, action, triggers, commands }: Wanted): Record<string, string> {
  const all = triggers.flatMap((trigger) =>
    (commands ?? [`cat >> ${trigger}.jsonl; echo said-${trigger}`]).map((command, index) => ({
      name: commands && commands.length > 1 ? `${trigger} ${index}` : trigger,
      trigger,
      command,
      prompt: `words-${trigger}`,
    })),
  );
  if (generation === 'v1') {
    const hooks = all.map(({ name, trigger, command, prompt }) => ({
      name,
      trigger,
      ...(trigger.endsWith('ToolUse') ? { matcher: 'write' } : {}),
      // Not what is said to one that leads a sub-agent.
      ...(trigger === 'UserPromptSubmit' ? { matcher: '^please' } : {}),
      ...(trigger.startsWith('PostFile') ? { matcher: '\\.txt$' } : {}),
      ...(trigger === 'OnSchedule' ? { schedule: '5m' } : {}),
      action: action === 'command' ? { type: 'command', command } : { type: 'agent', prompt },
    }));
    return { '.kiro/hooks/all.json': JSON.stringify({ version: 'v1', hooks }) };
  }
  return Object.fromEntries(
    all.map(({ name, trigger, command, prompt }) => {
      const type = olderNameOf(trigger);
      const when = { type, patterns: ['**/*.txt', '!**/other.txt'], toolTypes: ['write'] };
      const done = action === 'command' ? { type: 'runCommand', command } : { type: 'askAgent', prompt };
      const hook = Object.fromEntries([
        ...Object.entries({ enabled: true, name, version: '1', when }),
        ['then', done],
      ]);
      return [`.kiro/hooks/${name}.kiro.hook`, JSON.stringify(hook)];
    }),
  );
}
