/**
 * The life of one server: it starts when it is needed, starts again a few times when it dies, ends when nobody has needed
 * it for long. What it does wrong is its own affair: it fails with a message, and nothing else stops.
 */
import { ActError } from '../actError';
import type { Clock, Logger } from '../ports';
import { type AbortSignal, Cancelled, createAbort } from '../util/abort';
import type { Disposable } from '../util/disposable';
import { errorMessage } from '../util/errorMessage';
import { isLately } from '../util/lately';
import { redact } from '../util/redact';
import type { LogLine, McpPrompt, McpResource, ServerConfig, ServerState } from './model';
import { createPersonAsked } from './personAsked';
import { type McpConnection, type McpConnector, type McpHost, SignInNeeded } from './ports';
import { createRelist, type Listed } from './relist';
import { createServerLog } from './serverLog';
import { createSignInPages, SignInDeclined, type SignInPages } from './signInPage';
import { createSignInWait, SIGN_IN_TIME, wantsSignIn } from './signInWait';
import { fillVariables } from './variables';
import { within } from './within';

export type ToolList = Awaited<ReturnType<McpConnection['tools']>>;

/** What a server asks goes to whoever can answer. */
export type Asked = Pick<McpHost, 'elicit' | 'sample' | 'canAsk' | 'roots'> & {
  /** Undefined: nobody is there to sign in. */
  readonly signIn?: ((signal: AbortSignal) => Promise<boolean>) | undefined;
};

export interface LifeOptions {
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  readonly connector: McpConnector;
  readonly asked: Asked;
  readonly onChange: () => void;
  /** What has to be there before it starts. */
  readonly prepare?: (config: ServerConfig) => Promise<void>;
}

export interface ServerLife {
  readonly config: ServerConfig;
  readonly state: ServerState;
  readonly message: string | undefined;
  readonly about: string | undefined;
  readonly tools: ToolList;
  readonly prompts: readonly McpPrompt[];
  readonly resources: readonly McpResource[];
  readonly log: readonly LogLine[];
  /** It failed a moment ago: who has no need to know need not wait for it again. */
  readonly failedLately: boolean;
  /** Its page in the browser, while it is `signingIn`. */
  readonly signIn: Pick<SignInPages, 'openAgain' | 'decline'>;
  /** Resolves when it runs. Rejects with what a person should read. @param interactive a person asked for it */
  open(interactive: boolean): Promise<void>;
  /** Starts it where it does not run. */
  use<T>(
    run: (connection: McpConnection, signal: AbortSignal, goesOn: () => void) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T>;
  close(): Promise<void>;
  /** When nothing is asked of it any more. */
  whenIdle(): Promise<void>;
  /** Other approvals, the same server. */
  configure(config: ServerConfig): void;
  note(level: LogLine['level'], text: string): void;
}

const BACK_OFF = [1_000, 2_000, 4_000, 8_000, 16_000];
/** Milliseconds after which a server that died counts as one that ran well. */
const STEADY = 60_000;
const IDLE = 15 * 60_000;
const FAILED_LATELY = 2 * 60_000;

export function createServerLife(first: ServerConfig, options: LifeOptions): ServerLife {
  const { clock, connector, asked, onChange, prepare } = options;
  let config = first;
  let state: ServerState = 'idle';
  let message: string | undefined;
  let secrets: readonly string[] = [];
  let connection: McpConnection | undefined;
  let opening: Promise<McpConnection> | undefined;
  let ending = createAbort();
  let tools: ToolList = [];
  let prompts: readonly McpPrompt[] = [];
  let resources: readonly McpResource[] = [];
  let uses = 0;
  let deaths = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  let waits: Disposable | undefined;
  let idle: Disposable | undefined;
  const quiet: (() => void)[] = [];
  const calls = new Set<Promise<unknown>>();
  const log = createServerLog(clock, onChange);
  const signIn = createSignInWait({
    ...{ clock, name: config.name, ask: asked.signIn },
    signIn: () => open(true),
  });
  const page = createSignInPages(config.name, (now) => {
    if (!now) note('info', 'You are back from signing in.');
    else note('info', `Waits for you to sign in at ${now.host}, in the browser. It can be cancelled.`);
    if (now) become('signingIn', `Sign in at ${now.host} in your browser.`);
    else become('starting');
  });

  const person = createPersonAsked(asked);
  const relist = createRelist({ clock, canLook: () => connection !== undefined, look: listAgain });

  const clean = (text: string) => redact(text, secrets);
  // Cut first: what nobody will read need not be searched for secrets.
  const note = (level: LogLine['level'], text: string) => log.add(level, clean(text.slice(0, 4_000)));

  function become(next: ServerState, why?: string): void {
    state = next;
    message = why === undefined ? undefined : clean(why);
    onChange();
  }

  const limit = (ms: number, signal: AbortSignal, what: string) => ({
    clock,
    ms,
    signal,
    late: () =>
      new ActError('limit', `“${config.name}” did not ${what} within ${Math.round(ms / 100) / 10} s.`),
  });

  async function connect(interactive: boolean): Promise<McpConnection> {
    const life = ending.signal;
    const filled = fillVariables(config, (name) => connector.variable(name));
    secrets = filled.secrets;
    let born: McpConnection | undefined;
    let dead: string | undefined;
    const start = page.begin(life);
    const host: McpHost = {
      ...{ roots: asked.roots, canAsk: asked.canAsk, elicit: person.elicit, sample: person.sample },
      interactive,
      onLog: ({ level, text }) => note(level, text),
      onListChanged: relist.tell,
      onClosed(why) {
        dead = why;
        if (born !== undefined && born === connection) died(why);
      },
      onSigningIn: start.show,
      onSignInNeeded(why) {
        if (born === undefined || born !== connection) return;
        connection = undefined;
        relist.rest();
        idle?.dispose();
        const old = born;
        // What else it was asked may still be answered.
        void Promise.allSettled(calls).then(() => old.close().catch(() => {}));
        note('warning', why);
        become('signIn', why);
        signIn.tell();
      },
    };
    // Whoever signs in has more time, and not without end.
    const whole = limit(config.timeout + (interactive ? SIGN_IN_TIME : 0), start.signal, 'connect');
    const late = () => (page.isOpen ? page.late() : whole.late());
    born = await within({ ...whole, late }, (each) =>
      within({ ...limit(config.timeout, each, 'connect'), isHeld: () => page.isOpen }, async (signal) => {
        await prepare?.(config);
        const made = await connector.connect(filled.config, host, signal);
        // Too late: nobody would ever end it.
        if (signal.aborted) await made.close();
        return made;
      }),
    ).finally(start.over);
    try {
      await list(born, life);
      if (dead !== undefined) throw new Error(dead);
      life.throwIfAborted();
    } catch (error) {
      await born.close().catch(() => {});
      throw error;
    }
    return born;
  }

  async function list(from: McpConnection, signal: AbortSignal): Promise<void> {
    const all = limit(config.requestTimeout, signal, 'list what it has');
    [tools, prompts, resources] = await within(all, (each) =>
      Promise.all([from.tools(each), from.prompts(each), from.resources(each)]),
    );
  }

  async function listAgain(what: readonly Listed[]): Promise<void> {
    const from = connection;
    if (!from) return;
    const its = `Its ${what.join(' and ')}`;
    try {
      await list(from, ending.signal);
      note('info', `${its} changed. Sessions that run keep those that they began with.`);
    } catch (error) {
      note('warning', `${its} changed and cannot be listed: ${errorMessage(error)}`);
    }
    onChange();
  }

  function died(why: string): void {
    connection = undefined;
    relist.rest();
    idle?.dispose();
    note('error', why);
    const delay = BACK_OFF[deaths];
    deaths += 1;
    if (delay === undefined) {
      failedAt = clock.now();
      become('failed', `${why} It ended ${deaths} times, so it is not started again by itself.`);
      return;
    }
    become('waiting', `${why} It starts again in ${delay / 1000} s.`);
    waits = clock.after(delay, () => {
      waits = undefined;
      open(false).catch(() => {});
    });
  }

  async function begin(interactive: boolean): Promise<McpConnection> {
    waits?.dispose();
    waits = undefined;
    become('starting');
    const mine = ending;
    try {
      const made = await connect(interactive);
      connection = made;
      failedAt = Number.NEGATIVE_INFINITY;
      const lived = clock.after(STEADY, () => {
        if (connection === made) deaths = 0;
      });
      mine.signal.addEventListener('abort', () => lived.dispose(), { once: true });
      note('info', `${made.about || config.name} runs with ${count(tools.length, 'tool')}.`);
      become('running');
      relist.go();
      signIn.done();
      rest();
      return made;
    } catch (error) {
      throw mine.signal.aborted ? error : notOpened(error, interactive);
    }
  }

  function notOpened(error: unknown, interactive: boolean): ActError {
    const why = errorMessage(error);
    const waitsForPerson = error instanceof SignInNeeded;
    const saidNo = error instanceof SignInDeclined;
    note(saidNo ? 'info' : 'error', why);
    failedAt = clock.now();
    become(waitsForPerson ? 'signIn' : 'failed', why);
    if (saidNo) signIn.decline();
    else if (waitsForPerson && !interactive) signIn.tell();
    return error instanceof ActError ? error : new ActError('refused', clean(why), error);
  }

  async function open(interactive: boolean): Promise<McpConnection> {
    if (connection) return connection;
    if (interactive && !opening) deaths = 0;
    opening ??= begin(interactive).finally(() => {
      opening = undefined;
    });
    return opening;
  }

  async function useOnce<T>(
    run: (connection: McpConnection, signal: AbortSignal, goesOn: () => void) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const to = await open(false);
    const own = createAbort(signal);
    const cut = ending.signal;
    const stop = () => own.abort(cut.reason);
    cut.addEventListener('abort', stop, { once: true });
    const isHeld = () => person.isAsking;
    const time = { ...limit(config.requestTimeout, own.signal, 'answer'), isHeld };
    const call = within(time, (each, goesOn) => run(to, each, goesOn));
    calls.add(call);
    return await call.finally(() => {
      calls.delete(call);
      cut.removeEventListener('abort', stop);
      own.release();
    });
  }

  const useSignedIn: typeof useOnce = async (run, signal) => {
    try {
      return await useOnce(run, signal);
    } catch (error) {
      if (!asked.signIn || signal.aborted || !wantsSignIn(error) || isDeclined(error)) throw error;
      if (!connection) await signIn.wait(signal);
      return await useOnce(run, signal);
    }
  };

  /** When nothing is asked of it, it need not stay. */
  function rest(): void {
    idle?.dispose();
    if (uses > 0 || !connection) return;
    idle = clock.after(IDLE, () => {
      note('info', 'Nobody needed it for a while, so it is ended. It starts again when it is needed.');
      void close();
    });
  }

  async function close(): Promise<void> {
    const old = connection;
    connection = undefined;
    relist.rest();
    const stopped = new ActError('refused', `“${config.name}” was stopped.`);
    ending.abort(stopped);
    signIn.giveUp(stopped);
    ending = createAbort();
    waits?.dispose();
    idle?.dispose();
    waits = undefined;
    deaths = 0;
    const stopping = opening;
    if (state !== 'idle') become('idle');
    await Promise.all([
      old?.close().catch((error) => note('warning', errorMessage(error))),
      stopping?.catch(() => {}),
    ]);
  }

  return {
    get config() {
      return config;
    },
    get state() {
      return state;
    },
    get message() {
      return message;
    },
    get about() {
      return connection?.about;
    },
    get tools() {
      return tools;
    },
    get prompts() {
      return prompts;
    },
    get resources() {
      return resources;
    },
    get log() {
      return log.lines;
    },
    get failedLately() {
      return isLately(clock, failedAt, FAILED_LATELY);
    },
    signIn: page,
    async open(interactive) {
      await open(interactive).catch((error: unknown) => {
        // They know: it was they who ended it.
        throw isDeclined(error) ? new Cancelled(errorMessage(error)) : error;
      });
    },
    async use(run, signal) {
      uses += 1;
      idle?.dispose();
      try {
        return await useSignedIn(run, signal);
      } catch (error) {
        if (signal.aborted || error instanceof ActError) throw error;
        throw new ActError('refused', clean(errorMessage(error)), error);
      } finally {
        uses -= 1;
        rest();
        if (uses === 0) for (const tell of quiet.splice(0)) tell();
      }
    },
    close,
    whenIdle: () => (uses === 0 ? Promise.resolve() : new Promise((resolve) => quiet.push(resolve))),
    configure(next) {
      config = next;
      onChange();
    },
    note,
  };
}

function isDeclined(error: unknown): boolean {
  return error instanceof ActError && error.cause instanceof SignInDeclined;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
