/** What rows and notices say of hooks. Pure. */
import type { SessionState } from '../../../core/agent/session/sessionState';
import { shortWhen } from '../../../core/hooks/hookWords';
import type { Hook, HookNotice, HookRun } from '../../../core/hooks/model';

export type HookState =
  | 'running'
  /** Its session waits for the person. */
  | 'needsYou'
  | 'off'
  /** Restricted, or turned off in the settings. */
  | 'held'
  | 'leftToKiro'
  /** By the organisation. */
  | 'forbidden'
  | 'notAgreed'
  | 'on';

export interface HookLook {
  readonly icon: string;
  readonly word: string;
  readonly color?: string;
}

/** What is known of a hook at this moment. */
export interface HookFacts {
  readonly state: HookState;
  readonly last: HookRun | undefined;
  /** It was held back after its last run. */
  readonly heldBack: HookNotice | undefined;
}

const STATES: Readonly<Record<Exclude<HookState, 'on'>, HookLook>> = {
  running: { icon: 'loading~spin', word: 'running' },
  needsYou: { icon: 'bell-dot', word: 'needs you', color: 'charts.yellow' },
  off: { icon: 'circle-slash', word: 'off' },
  held: { icon: 'debug-pause', word: 'on hold' },
  leftToKiro: { icon: 'arrow-swap', word: 'left to Kiro' },
  forbidden: { icon: 'lock', word: 'not allowed' },
  notAgreed: { icon: 'shield', word: 'asks first' },
};

/** The state that says most. */
export function hookLook({ state, last, heldBack }: HookFacts, time: (at: number) => string): HookLook {
  if (state !== 'on') return STATES[state];
  if (heldBack) return { icon: 'debug-step-over', word: `not fired ${time(heldBack.at)}` };
  return last ? { ...outcomeLook(last), word: runWords(last, time) } : { icon: 'zap', word: 'ready' };
}

export function hookDescription(hook: Hook, look: HookLook): string {
  const whose = hook.agent === undefined ? '' : `${hook.agent} · `;
  return `${whose}${look.word} · ${shortWhen(hook)}`;
}

const OUTCOMES: Readonly<Record<HookRun['outcome'], HookLook>> = {
  passed: { icon: 'pass', word: 'passed', color: 'testing.iconPassed' },
  failed: { icon: 'error', word: 'failed', color: 'testing.iconFailed' },
  timedOut: { icon: 'watch', word: 'timed out', color: 'testing.iconFailed' },
  cancelled: { icon: 'circle-slash', word: 'stopped' },
};

export function outcomeLook({ outcome }: HookRun): HookLook {
  return OUTCOMES[outcome];
}

/** `passed 14:41 · 1.2 s · $0.03` */
export function runWords(run: HookRun, time: (at: number) => string): string {
  const cost = run.cost === undefined ? [] : [costWords(run.cost)];
  return [`${OUTCOMES[run.outcome].word} ${time(run.at)}`, durationWords(run.durationMs), ...cost].join(
    ' · ',
  );
}

/** `src/a.ts and 2 more`, `by hand` */
export function causeWords({ files }: HookRun, trigger: string): string {
  const [first, ...more] = files;
  if (first === undefined) return trigger === 'Manual' ? 'by hand' : 'no file';
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

function durationWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

function costWords(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? '< $0.01' : `$${dollars.toFixed(2)}`;
}

/** Longest that is shown; the log keeps no more. */
const KEPT_OUTPUT = 20_000;

/** The whole page of a run. @param nameOf of a hook, by its id */
export function runPage(
  hook: string,
  run: HookRun,
  when: string,
  nameOf: (id: string) => string = (id) => id,
): string {
  const exit = run.exitCode === undefined ? '' : `, exit code ${run.exitCode}`;
  const cut = run.output.length >= KEPT_OUTPUT ? [`The last ${KEPT_OUTPUT} characters of its output`] : [];
  const head = [
    `${hook}: ${OUTCOMES[run.outcome].word}${exit}`,
    `${when}, ${durationWords(run.durationMs)}${run.cost === undefined ? '' : `, ${costWords(run.cost)}`}`,
    ...(run.files.length === 0 ? ['No file fired it'] : run.files.map((file) => `File: ${file}`)),
    ...(run.chain && run.chain.length > 0
      ? [`After the ${plural(run.chain.length, 'hook')} ${run.chain.map(nameOf).join(', ')}`]
      : []),
    ...cut,
  ];
  return `${head.map((line) => `# ${line}\n`).join('')}\n${run.output || '(no output)'}\n`;
}

/** `12 files: a branch was switched` */
export function noticeLabel({ files, reason }: HookNotice): string {
  const many = files.length >= 100 ? '100 files or more' : `${files.length} ${plural(files.length, 'file')}`;
  return files.length === 0 ? reason : `${many}: ${reason}`;
}

export function plural(count: number, one: string): string {
  return count === 1 ? one : `${one}s`;
}

/** `Lint and fix` as the name of a file: `lint-and-fix`. */
export function fileNameOf(name: unknown): string {
  const plain = String(name ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? 'hook' : plain;
}

/** What a session waits for the person with, also when it is over: `it changed 2 files` */
export function needWords(
  { changes: { set }, items }: Pick<SessionState, 'changes' | 'items'>,
  isLive: boolean,
): string | undefined {
  if (set?.state === 'open') return `it changed ${set.files.length} ${plural(set.files.length, 'file')}`;
  if (!isLive) return undefined;
  const asking = items.find((item) => item.type === 'tool' && item.status === 'asking');
  if (asking?.type !== 'tool') return undefined;
  return asking.question ? `it asks about ${asking.question.subject.split('\n')[0]}` : 'it asks you';
}
