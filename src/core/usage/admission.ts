/** Which requests are let through: none that could exceed a limit, and how long its answer may be. */
import { ActError } from '../actError';
import { lengthOfAll } from '../agent/turn/compaction';
import type { ModelRequest } from '../agent/turn/model';
import type { Clock, FileSystem, Ids, ProcessRunner, Settings } from '../ports';
import type { AbortSignal } from '../util/abort';
import type { Disposable } from '../util/disposable';
import type { Turns } from '../util/turns';
import { type Asker, type Ledger, monthOf, type UsageRecord } from './ledger';
import { type Budget, type LimitState, limitsFor, SCOPE_WORDS, type Spending, sharesScope } from './limits';
import type { Price } from './price';
import { createReservations, type Reservation } from './reservations';
import { createSharedHolds, type Hold, type SetAside } from './sharedHolds';

/** An answer that may not be longer than this is not worth asking for. */
const LEAST_TOKENS = 1000;
/** Bytes of a token, at the least: a text has no more tokens than its bytes divided by this. */
const BYTES_A_TOKEN = 2.5;
/** Milliseconds after which it is looked again whether another window has given something back. */
const LOOK_AGAIN = 500;

export interface AdmissionOptions {
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly files: FileSystem;
  readonly processes: Pick<ProcessRunner, 'owner' | 'isAlive'>;
  readonly ids: Ids;
  /** Where windows and command lines tell each other what their requests may still cost. */
  readonly holdsFile: string;
  /** What a person set for the run that a session belongs to, and what is spent of it. */
  readonly budgetOf?: (session: string) => Budget | undefined;
  /** In which the ledger is written, too. */
  readonly inTurn: Turns;
}

/** @property reservation Undefined where nobody knows the price. */
export interface Admission {
  readonly maxTokens: number;
  readonly reservation?: Reservation;
  /** Undefined where no limit is set, so that nobody else need know. */
  readonly giveBack?: () => Promise<void>;
}

export interface Admissions {
  /** Lets a request through when what others hold leaves enough; throws where a limit leaves too little anyway. */
  admit(
    request: ModelRequest,
    price: Price | undefined,
    asker: Asker,
    signal: AbortSignal,
  ): Promise<Admission>;
}

interface Question {
  readonly request: ModelRequest;
  readonly price: Price | undefined;
  readonly asker: Asker;
  /** What other windows hold. */
  readonly others: readonly Hold[];
  readonly setAside?: SetAside;
}

export function createAdmissions(options: AdmissionOptions): Admissions {
  const { ledger, settings, clock, inTurn } = options;
  const reservations = createReservations();
  const shared = createSharedHolds(options, options.holdsFile);

  /** The limits and the budget that a request counts against. */
  async function statesOf(price: Price | undefined, spending: Spending, session: string) {
    const { limits } = settings.get();
    const isLimited = price !== undefined && Object.keys(limits).length > 0;
    const states = isLimited ? limitsFor(spending, limits, await ledger.month(monthOf(spending.day))) : [];
    const budget = options.budgetOf?.(session);
    if (price === undefined && budget !== undefined) throw new ActError('limit', UNPRICED);
    return { states: budget ? [...states, budget] : states, budget: budget?.of };
  }

  async function admit(
    request: ModelRequest,
    price: Price | undefined,
    asker: Asker,
    signal: AbortSignal,
  ): Promise<Admission> {
    for (;;) {
      signal.throwIfAborted();
      const listening = reservations.listen(signal);
      let wait: Disposable | undefined;
      try {
        const admission = await inTurn(() => tryAdmit(request, price, asker));
        if (admission) return admission;
        // What another window gives back, it does not tell.
        await new Promise<void>((resolve, reject) => {
          wait = clock.after(LOOK_AGAIN, resolve);
          listening.freed.then(resolve, reject);
        });
      } finally {
        wait?.dispose();
        listening.end();
      }
    }
  }

  /** Undefined: another one that is under way may leave enough when it has ended. */
  async function tryAdmit(
    request: ModelRequest,
    price: Price | undefined,
    asker: Asker,
  ): Promise<Admission | undefined> {
    const isLimited = price !== undefined && Object.keys(settings.get().limits).length > 0;
    const act = (others: readonly Hold[], setAside?: SetAside) =>
      decide({ request, price, asker, others, ...(setAside ? { setAside } : {}) });
    return isLimited ? shared.decide(act) : act([]);
  }

  async function decide({
    request,
    price,
    asker,
    others,
    setAside,
  }: Question): Promise<Admission | undefined> {
    const spending: Spending = { ...labelsOf(asker), day: clock.localDay(clock.now()) };
    const { states, budget } = await statesOf(price, spending, asker.session);
    if (price === undefined) return { maxTokens: request.maxTokens };
    const claim = { spending, budget };
    // Nobody can know what will be read from the server's cache: counted as if nothing were.
    const input = (promptTokens(request) * Math.max(price.input, price.cacheWrite)) / 1_000_000;
    let maxTokens = request.maxTokens;
    for (const state of states) {
      const left = state.limit - state.spent - input;
      if (tokensFor(left, price) < LEAST_TOKENS) throw new ActError('limit', wordsOf(state));
      const held = reservations.heldOf(state.scope, claim) + heldBy(others, state.scope, spending);
      maxTokens = Math.min(maxTokens, tokensFor(left - held, price));
    }
    if (maxTokens < Math.min(LEAST_TOKENS, request.maxTokens)) return undefined;
    const dollars = input + (maxTokens * price.output) / 1_000_000;
    const giveBack = await setAside?.({ spending, dollars });
    return { maxTokens, reservation: reservations.hold(claim, dollars), ...(giveBack ? { giveBack } : {}) };
  }

  return { admit };
}

export function labelsOf({
  root,
  spec,
  task,
  hook,
}: Asker): Omit<Spending, 'day'> & Pick<UsageRecord, 'hook'> {
  return {
    root,
    ...(spec === undefined ? {} : { spec }),
    ...(task === undefined ? {} : { task }),
    ...(hook === undefined ? {} : { hook }),
  };
}

/** More than the server will count, never less. */
export function promptTokens({ system, messages, tools }: ModelRequest): number {
  return Math.ceil((system.length + lengthOfAll(messages) + lengthOfAll(tools)) / BYTES_A_TOKEN);
}

/** A run and a hook’s session have their budgets in one process. */
function heldBy(others: readonly Hold[], scope: LimitState['scope'], spending: Spending): number {
  if (scope === 'run' || scope === 'hook') return 0;
  const own = others.filter((hold) => sharesScope(scope, hold.spending, spending));
  return own.reduce((sum, { dollars }) => sum + dollars, 0);
}

function tokensFor(dollars: number, { output }: Price): number {
  if (dollars < 0) return 0;
  return output === 0 ? Number.POSITIVE_INFINITY : Math.floor((dollars * 1_000_000) / output);
}

function wordsOf({ scope, limit, spent }: LimitState): string {
  const way = WAYS[scope] ?? 'Raise “earshot.limits”, or go on with a smaller step.';
  const what = scope in WAYS ? 'budget' : 'limit';
  return `The next request could exceed the ${what} of $${limit.toFixed(2)} for ${SCOPE_WORDS[scope]}: $${spent.toFixed(2)} is spent. Nothing was sent. ${way}`;
}

/** What to do where a budget is used up. */
const WAYS: Readonly<Partial<Record<LimitState['scope'], string>>> = {
  run: 'Go on with a larger one.',
  hook: 'Raise “budget” in the hook’s file.',
};

const UNPRICED =
  'Nobody knows what the model costs, so a budget cannot be kept. Nothing was sent. Name its price in “earshot.prices”, or run without a budget.';
