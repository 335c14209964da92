/**
 * Hooks of what happens in a session: run one after the other while it waits, and told it. The same for every session
 * there is, whatever it is for.
 */
import type { Session } from '../agent/session/sessions';
import type { Ports } from '../ports';
import { type Abort, type AbortSignal, Cancelled, createAbort } from '../util/abort';
import { createCappedText } from '../util/cappedText';
import type { HookCause, Ran } from './cause';
import { fits } from './fits';
import type { HookConsents } from './hookConsents';
import type { RunHook } from './hookRunner';
import type { Hook, HookTrigger } from './model';
import type { SessionChains } from './sessionChains';
import { hearsOfFiles } from './triggers';

export interface Happening {
  readonly trigger: HookTrigger;
  /** What matchers are tested against: the names of a tool, the words of a prompt. Empty: they do not matter. */
  readonly subjects: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly words?: string;
}

/** Where it happened. */
export interface Scene {
  readonly root: string;
  readonly place: string;
  readonly session: Session | undefined;
  /** Beside those of the workspace and the person: of a custom agent. */
  readonly own?: readonly Hook[];
}

export interface Fired {
  readonly hook: Hook;
  /** Undefined for words that are only told. */
  readonly run: Ran | undefined;
  /** Why it must not go on. */
  readonly blocked?: string;
  /** What the agent is told. */
  readonly told?: string;
  /** The agent goes on with this instead of stopping. */
  readonly goOn?: string;
}

export interface SessionHooks {
  /** Reads what stands there: a watcher begins some time after its window, and may miss what is written until then. Rejects never. */
  look(root: string): Promise<void>;
  /** Rejects only when the session is to end. */
  fire(scene: Scene, happening: Happening, signal: AbortSignal): Promise<readonly Fired[]>;
  isRunning(id: string): boolean;
  stop(id: string): void;
}

export interface SessionHooksOptions {
  readonly ports: Pick<Ports, 'clock' | 'person'>;
  readonly hooks: () => readonly Hook[];
  readonly look: SessionHooks['look'];
  readonly consents: HookConsents;
  readonly run: RunHook;
  readonly isOff: () => boolean;
  readonly onRun: (hook: Hook, run: Ran) => Promise<void>;
  readonly onChange: () => void;
  readonly chains: SessionChains;
  /** Starts one beside the session. */
  readonly begin: (hook: Hook, cause: HookCause) => void;
}

/** Agents of these say their words in the conversation; others have a session of their own. */
const SAID: ReadonlySet<string> = new Set(['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse']);
/** What they say no to does not happen. */
const BLOCKING: ReadonlySet<string> = new Set(['UserPromptSubmit', 'PreToolUse', 'PreTaskExec']);
/** What they print is for the agent. */
const HEARD: ReadonlySet<string> = new Set(['SessionStart', 'UserPromptSubmit']);

export function createSessionHooks(options: SessionHooksOptions): SessionHooks {
  const { ports, hooks, look, consents, run, isOff, onRun, onChange, chains, begin } = options;
  const active = new Map<string, Set<Abort>>();

  /** A sub-agent does what the session that hands it a task was started for. */
  function chainOf(session: Session | undefined): readonly string[] {
    if (!session) return [];
    return chains.get(session.id) ?? chains.get(session.state.started.parent?.session ?? '') ?? [];
  }

  async function agreed(hook: Hook, session: Session | undefined, signal: AbortSignal): Promise<boolean> {
    if (consents.isAgreed(hook)) return true;
    if (consents.isDeclined(hook)) return false;
    // Those of an agent's file are met here first.
    await consents.learn([hook]);
    if (consents.isAgreed(hook)) return true;
    // One who is not there answers at once.
    if (BLOCKING.has(hook.trigger) || !ports.person.present)
      if (await consents.ask(hook, signal)) return true;
    // What cannot say no must not keep the session waiting for an answer.
    if (!consents.isDeclined(hook)) void consents.ask(hook, undefined, true).then(onChange, () => {});
    const text = `The hook “${hook.name}” did not run: it waits for your consent to what it does.`;
    session?.append({ type: 'note', level: 'info', text });
    return false;
  }

  /** What the person says where the hook asks first; undefined: it does not run. */
  async function confirmed({ confirm, name }: Hook, signal: AbortSignal) {
    if (!confirm) return { run: true, facts: {} };
    // Nobody may have said yes for them.
    if (!ports.person.present) return { run: false, facts: {} };
    const { question, options: answers } = confirm;
    const detail = `The hook “${name}” asks before it runs.`;
    const answer = await ports.person.ask({ kind: 'hook', title: question, detail, answers }, signal);
    const option = answers.find(({ id }) => id === answer);
    return { run: option?.run === true, facts: { user_decision: answer }, goOn: option?.continueReason };
  }

  async function runIt(hook: Hook, cause: HookCause, signal: AbortSignal): Promise<Ran> {
    const abort = createAbort();
    const stop = () => abort.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    active.set(hook.id, new Set([...(active.get(hook.id) ?? []), abort]));
    onChange();
    try {
      const ran = await run(hook, cause, abort.signal);
      await onRun(hook, ran);
      return ran;
    } finally {
      signal.removeEventListener('abort', stop);
      active.get(hook.id)?.delete(abort);
      onChange();
    }
  }

  async function fireOne(
    hook: Hook,
    scene: Scene,
    happening: Happening,
    signal: AbortSignal,
  ): Promise<Fired | undefined> {
    if (!(await agreed(hook, scene.session, signal))) return undefined;
    const { trigger } = happening;
    const cause = causeOf(scene, happening);
    if (hook.action.type === 'agent') return fireAgent(hook, scene, cause, hook.action.prompt);
    const yes = await confirmed(hook, signal);
    if (!yes.run) return { hook, run: undefined, ...(yes.goOn ? { goOn: yes.goOn } : {}) };
    const ran = await runIt(hook, { ...cause, facts: { ...cause.facts, ...yes.facts } }, signal);
    if (signal.aborted) throw signal.reason ?? new Cancelled();
    return { hook, run: ran, ...answerOf(hook, ran, trigger) };
  }

  function causeOf({ root, place, session }: Scene, { trigger, facts, words }: Happening): HookCause {
    return {
      trigger,
      files: [],
      chain: chainOf(session),
      facts,
      ...(words === undefined ? {} : { words }),
      ...(session ? { within: session.id } : {}),
      ...(place === root ? {} : { place }),
      watched: hooks().some((each) => each.root === root && hearsOfFiles(each.trigger)),
    };
  }

  async function fireAgent(hook: Hook, { session }: Scene, cause: HookCause, prompt: string): Promise<Fired> {
    if (SAID.has(cause.trigger)) {
      await onRun(hook, saidRun(hook, cause, ports.clock.now(), prompt));
      return { hook, run: undefined, told: prompt };
    }
    // No agent starts another by ending.
    if (cause.trigger !== 'Stop' || session?.state.started.kind !== 'hook') begin(hook, cause);
    return { hook, run: undefined };
  }

  function fitting({ root, session, own = [] }: Scene, { trigger, subjects }: Happening): readonly Hook[] {
    const chain = chainOf(session);
    return [...hooks().filter((hook) => hook.root === root), ...own].filter(
      (hook) =>
        hook.trigger === trigger &&
        hook.enabled &&
        !chain.includes(hook.id) &&
        (subjects.length === 0 || fits(hook.condition, ...subjects)),
    );
  }

  return {
    look,
    async fire(scene, happening, signal) {
      if (isOff()) return [];
      const fired: Fired[] = [];
      for (const hook of fitting(scene, happening)) {
        const one = await fireOne(hook, scene, happening, signal);
        if (!one) continue;
        fired.push(one);
        if (scene.session) note(scene.session, happening.trigger, one);
        if (one.blocked !== undefined) break;
      }
      return fired;
    },
    isRunning: (id) => (active.get(id)?.size ?? 0) > 0,
    stop: (id) => {
      for (const abort of active.get(id) ?? []) abort.abort(new Cancelled());
    },
  };
}

/** Kiro's exit codes: 0 is well, 2 says no, others are a failure of the hook; of 0.x, every failure says no. */
function answerOf(
  { format, name }: Hook,
  { exitCode, outcome, stdout = '', stderr = '' }: Ran,
  trigger: string,
): Omit<Fired, 'hook' | 'run'> {
  const saysNo = outcome === 'failed' && (exitCode === 2 || (format === '0.x' && exitCode !== undefined));
  const why = short(stderr.trim() || stdout.trim() || 'It gave no reason.');
  if (saysNo && BLOCKING.has(trigger)) return { blocked: `The hook “${name}” says no: ${why}` };
  if (saysNo && trigger === 'PostToolUse') return { told: why };
  if (outcome !== 'passed' || stdout.trim() === '') return {};
  if (trigger === 'Stop') return { ...goOnOf(stdout) };
  return HEARD.has(trigger) || (format === '0.x' && trigger === 'PostToolUse')
    ? { told: short(stdout.trim()) }
    : {};
}

/** Characters of its beginning, and of its end, that the agent is told: each message would carry a flood along. */
const TOLD = 10_000;

function short(text: string): string {
  const capped = createCappedText(TOLD);
  capped.add(text);
  return capped.toString();
}

/** `{"decision": "block", "reason": …}` of a hook that wants the agent to go on. */
function goOnOf(stdout: string): Pick<Fired, 'goOn'> {
  try {
    const said = JSON.parse(stdout) as { readonly decision?: unknown; readonly reason?: unknown } | null;
    return said?.decision === 'block' && typeof said.reason === 'string' ? { goOn: short(said.reason) } : {};
  } catch {
    return {};
  }
}

function saidRun(hook: Hook, cause: HookCause, at: number, output: string): Ran {
  const { files, within } = cause;
  const run = { hook: hook.id, at, durationMs: 0, outcome: 'passed', exitCode: undefined, files } as const;
  return { ...run, output, session: undefined, ...(within === undefined ? {} : { within }) };
}

function note(session: Session, trigger: string, { hook, run, blocked, goOn }: Fired): void {
  const name = `Hook “${hook.name}” (${trigger})`;
  const level = blocked !== undefined || (run && run.outcome !== 'passed') ? 'warning' : 'info';
  session.append({ type: 'note', level, text: `${name}: ${whatCame(run, blocked, goOn)}` });
}

function whatCame(run: Ran | undefined, blocked: string | undefined, goOn: string | undefined): string {
  if (blocked !== undefined) return `blocked. ${blocked}`;
  if (goOn !== undefined) return `the agent goes on. ${goOn}`;
  if (!run) return 'its words were said.';
  const output = run.outcome === 'passed' ? '' : `\n${run.output.trim().slice(-500)}`;
  const code = run.exitCode === undefined ? '' : ` with exit code ${run.exitCode}`;
  const how = {
    passed: 'passed',
    failed: `failed${code}`,
    timedOut: 'took too long',
    cancelled: 'was stopped',
  };
  return `${how[run.outcome]} (${(run.durationMs / 1000).toFixed(1)} s).${output}`;
}
