/** What is said of a hook in plain words: when it fires, on what, and what it does. */
import type { Hook, HookTrigger } from './model';

interface TriggerWords {
  /** In a row: `on save`. */
  readonly short: string;
  /** A whole sentence's beginning: `When a file is saved`. */
  readonly whole: string;
  /** What a matcher is tested against; undefined: it has none. */
  readonly subject?: string;
}

export const TRIGGER_WORDS: Readonly<Record<HookTrigger, TriggerWords>> = {
  PostFileSave: { short: 'on save', whole: 'When a file is saved', subject: 'path' },
  PostFileCreate: { short: 'on create', whole: 'When a file is created', subject: 'path' },
  PostFileDelete: { short: 'on delete', whole: 'When a file is deleted', subject: 'path' },
  SessionStart: { short: 'at the start of a session', whole: 'When a session of the agent begins' },
  UserPromptSubmit: {
    short: 'on each message',
    whole: 'When you send a message to the agent',
    subject: 'text',
  },
  PreToolUse: { short: 'before a tool', whole: 'Before the agent uses a tool', subject: 'name' },
  PostToolUse: { short: 'after a tool', whole: 'After the agent used a tool', subject: 'name' },
  Stop: { short: 'when the agent ends', whole: 'When the agent has ended its turn' },
  PreTaskExec: { short: 'before a task', whole: 'Before a task of a spec begins', subject: 'name' },
  PostTaskExec: { short: 'after a task', whole: 'After a task of a spec was done', subject: 'name' },
  Manual: { short: 'by hand', whole: 'When you start it' },
  OnApproval: {
    short: 'on approval',
    whole: 'When a document of a spec is approved',
    subject: 'path',
  },
  OnSpecChange: {
    short: 'on spec changes',
    whole: 'When a document of a spec changes',
    subject: 'path',
  },
  OnCheckpointRestore: {
    short: 'on restore',
    whole: 'When a checkpoint was restored',
  },
  OnGitCommit: { short: 'on commit', whole: 'When something was committed to git' },
  OnSchedule: { short: 'on a schedule', whole: 'On a schedule' },
};

type When = Pick<Hook, 'trigger' | 'matcher' | 'schedule'>;

/** `on save · *.js, *.ts` */
export function shortWhen(hook: When): string {
  const words = wordsOf(hook.trigger);
  if (!words) return `never: “${hook.trigger}” is no trigger`;
  if (hook.schedule) return scheduleWords(hook.schedule);
  const matcher = words.subject === undefined ? undefined : matcherWords(hook.matcher);
  return matcher === undefined ? words.short : `${words.short} · ${matcher}`;
}

/** `When a file is saved: *.js, *.ts` */
export function whenWords(hook: When): string {
  const words = wordsOf(hook.trigger);
  if (!words) return `Never: “${hook.trigger}” is no trigger`;
  if (hook.schedule) return capital(scheduleWords(hook.schedule));
  const { whole, subject } = words;
  if (subject === undefined || isEverything(hook.matcher)) return whole;
  const plain = plainEndings(hook.matcher) ?? (isGlobs(hook.matcher) ? hook.matcher : undefined);
  return plain === undefined
    ? `${whole} whose ${subject} matches ${hook.matcher}`.replace(/agent whose text/, 'agent that')
    : `${whole}: ${plain}`;
}

/** `It runs npm test`; the first line of what an agent is told. */
export function actionWords({ action }: Pick<Hook, 'action'>): string {
  return action.type === 'command'
    ? `Runs ${action.command}`
    : `Asks the agent: ${action.prompt.trim().split('\n')[0] ?? ''}`;
}

function wordsOf(trigger: string): TriggerWords | undefined {
  return Object.hasOwn(TRIGGER_WORDS, trigger) ? TRIGGER_WORDS[trigger as HookTrigger] : undefined;
}

function isEverything(matcher: string | undefined): matcher is undefined | '' | '*' {
  return matcher === undefined || matcher === '' || matcher === '*';
}

function matcherWords(matcher: string | undefined): string | undefined {
  return isEverything(matcher) ? undefined : (plainEndings(matcher) ?? matcher);
}

/** `\.(js|ts)$` as `*.js, *.ts`: what most hooks have. */
function plainEndings(matcher: string): string | undefined {
  const found = /^(?:\.\*)?\\\.(?:\((?:\?:)?([\w|]+)\)|(\w+))\$$/.exec(matcher);
  const endings = found?.[1] ?? found?.[2];
  return endings
    ?.split('|')
    .map((ending) => `*.${ending}`)
    .join(', ');
}

/** Patterns of 0.x, which are words already. */
function isGlobs(matcher: string): boolean {
  return /(^|, )!?\**[/.]/.test(matcher) && !/[\\^$]/.test(matcher);
}

function scheduleWords(schedule: NonNullable<Hook['schedule']>): string {
  if ('atMinute' in schedule) {
    const two = (number: number) => String(number).padStart(2, '0');
    return `daily at ${two(Math.floor(schedule.atMinute / 60))}:${two(schedule.atMinute % 60)}`;
  }
  const { everyMinutes } = schedule;
  if (everyMinutes % 60 !== 0) return everyMinutes === 1 ? 'every minute' : `every ${everyMinutes} minutes`;
  return everyMinutes === 60 ? 'every hour' : `every ${everyMinutes / 60} hours`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
