/**
 * Stands between the sessions and the models: writes each request into the ledger, and stops the one that could
 * exceed a limit before it is sent.
 */
import { ActError } from '../actError';
import { sizedPicture } from '../agent/turn/compaction';
import type { Model, ModelRequest, Usage } from '../agent/turn/model';
import type { Clock, Logger, Models, Settings } from '../ports';
import type { AbortSignal } from '../util/abort';
import { Emitter, type Event } from '../util/event';
import { createTurns } from '../util/turns';
import { type Asker, type Ledger, monthOf, type UsageRecord } from './ledger';
import { type Budget, type LimitState, limitsFor, SCOPE_WORDS, type Spending } from './limits';
import { costAt, type Price } from './price';
import { createReservations, type Reservation } from './reservations';

/** So much of a limit is used when the person is told. */
const NEAR = 0.8;
/** An answer that may not be longer than this is not worth asking for. */
const LEAST_TOKENS = 1000;
/** Bytes of a token, at the least: a text has no more tokens than its bytes divided by this. */
const BYTES_A_TOKEN = 2.5;

export interface Meter {
  /** As the given models, with everything that is asked written down. */
  readonly models: Models;
  /** A limit of which four fifths are used; told once for each day, spec and so on. */
  readonly onDidComeNear: Event<LimitState>;
}

export interface MeterOptions {
  readonly models: Models;
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Logger;
  /** What a session is for. */
  readonly sessionOf: (id: string) => Asker | undefined;
  /** What a person set for the run that a session belongs to, and what is spent of it. */
  readonly budgetOf?: (session: string) => Budget | undefined;
  /** A session's answer was cut off, and this is paid of it. */
  readonly onCut?: (session: string, usage: Usage, cost: number | undefined) => void;
}

/** @property reservation Undefined where nobody knows the price. */
interface Admission {
  readonly maxTokens: number;
  readonly reservation?: Reservation;
}

/** A request that was let through. */
interface Metered {
  readonly model: Model;
  readonly price: Price | undefined;
  readonly asker: Asker;
  readonly begun: number;
  readonly reservation: Reservation | undefined;
}

export function createMeter(options: MeterOptions): Meter {
  const { models, ledger, settings, clock, log, sessionOf } = options;
  const near = new Emitter<LimitState>();
  const told = new Set<string>();
  const reservations = createReservations();
  /** Between reading the ledger and setting dollars aside, none may go from the one to the other. */
  const inTurn = createTurns();

  async function* stream(model: Model, request: ModelRequest, signal: AbortSignal) {
    const asker = request.asker ?? (request.session === undefined ? undefined : sessionOf(request.session));
    if (asker === undefined || model.rehearsed) yield* model.stream(request, signal);
    else yield* counted(model, request, asker, signal);
  }

  async function* counted(model: Model, request: ModelRequest, asker: Asker, signal: AbortSignal) {
    const price = priceOf(model, request);
    const { maxTokens, reservation } = await admit(request, price, asker, signal);
    const metered = { model, price, asker, begun: clock.now(), reservation };
    /** Of each try that the service took. */
    const paid: (() => Usage)[] = [];
    const onBilled = (soFar: () => Usage) => void paid.push(soFar);
    try {
      for await (const event of model.stream({ ...request, maxTokens, onBilled }, signal)) {
        if (event.type === 'end') {
          paid.pop();
          const cost = price === undefined ? event.cost : costAt(price, event.usage);
          await record(metered, event.usage, cost);
          yield { ...event, cost };
        } else yield event;
      }
    } finally {
      for (const soFar of paid) await recordCut(metered, soFar());
      reservation?.release();
    }
  }

  function priceOf(model: Model, request: ModelRequest): Price | undefined {
    return settings.get().prices[model.name] ?? model.priceOf?.(promptTokens(request));
  }

  /** The limits and the budget that a request counts against. */
  async function statesOf(price: Price | undefined, spending: Spending, session: string) {
    const { limits } = settings.get();
    const isLimited = price !== undefined && Object.keys(limits).length > 0;
    const states = isLimited ? limitsFor(spending, limits, await ledger.month(monthOf(spending.day))) : [];
    const budget = options.budgetOf?.(session);
    if (price === undefined && budget !== undefined) throw new ActError('limit', UNPRICED);
    return { states: budget ? [...states, budget] : states, budget: budget?.of };
  }

  /** Lets a request through when what others hold leaves enough; throws where a limit leaves too little anyway. */
  async function admit(
    request: ModelRequest,
    price: Price | undefined,
    asker: Asker,
    signal: AbortSignal,
  ): Promise<Admission> {
    for (;;) {
      signal.throwIfAborted();
      const freed = reservations.freed(signal);
      const admission = await inTurn(() => tryAdmit(request, price, asker));
      if (admission) return admission;
      await freed;
    }
  }

  /** Undefined: another one that is under way may leave enough when it has ended. */
  async function tryAdmit(
    request: ModelRequest,
    price: Price | undefined,
    asker: Asker,
  ): Promise<Admission | undefined> {
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
      maxTokens = Math.min(maxTokens, tokensFor(left - reservations.heldOf(state.scope, claim), price));
    }
    if (maxTokens < Math.min(LEAST_TOKENS, request.maxTokens)) return undefined;
    return {
      maxTokens,
      reservation: reservations.hold(claim, input + (maxTokens * price.output) / 1_000_000),
    };
  }

  async function record(
    { model, asker, begun, reservation }: Metered,
    usage: Usage,
    cost: number | undefined,
    mark: Pick<UsageRecord, 'incomplete'> = {},
  ): Promise<void> {
    const labels = labelsOf(asker);
    const at = clock.now();
    const day = clock.localDay(at);
    const { session, kind } = asker;
    await inTurn(async () => {
      await ledger.add({
        v: 1,
        at,
        day,
        model: model.name,
        session,
        kind,
        ...labels,
        usage,
        ...(cost === undefined ? {} : { cost }),
        durationMs: Math.max(0, at - begun),
        ...mark,
      });
      reservation?.settle(cost ?? 0);
    });
    await tellOfNear({ ...labels, day });
  }

  /** The service was paid for what came of an answer, and before it was stopped or broke. Never rejects: why it ended counts more. */
  async function recordCut(metered: Metered, usage: Usage): Promise<void> {
    const { price, asker } = metered;
    const cost = price && costAt(price, usage);
    try {
      options.onCut?.(asker.session, usage, cost);
      await record(metered, usage, cost, { incomplete: true });
    } catch (error) {
      log.error('What an answer that was cut off cost could not be written down', error);
    }
  }

  async function tellOfNear(spending: Spending): Promise<void> {
    const { limits } = settings.get();
    for (const state of limitsFor(spending, limits, await ledger.month(monthOf(spending.day)))) {
      const key = JSON.stringify([state.scope, state.limit, keyOf(state, spending)]);
      if (state.spent < state.limit * NEAR || told.has(key)) continue;
      told.add(key);
      near.fire(state);
    }
  }

  return {
    models: {
      onDidChange: models.onDidChange,
      async current(role, named) {
        const current = await models.current(role, named);
        if ('missing' in current) return current;
        const { model } = current;
        return { model: { ...model, stream: (request, signal) => stream(model, request, signal) } };
      },
    },
    onDidComeNear: near.event,
  };
}

function labelsOf({ root, spec, task, hook }: Asker): Omit<Spending, 'day'> & Pick<UsageRecord, 'hook'> {
  return {
    root,
    ...(spec === undefined ? {} : { spec }),
    ...(task === undefined ? {} : { task }),
    ...(hook === undefined ? {} : { hook }),
  };
}

/** More than the server will count, never less. */
function promptTokens({ system, messages, tools }: ModelRequest): number {
  return Math.ceil(
    (system.length + JSON.stringify(messages, sizedPicture).length + JSON.stringify(tools).length) /
      BYTES_A_TOKEN,
  );
}

function tokensFor(dollars: number, { output }: Price): number {
  if (dollars < 0) return 0;
  return output === 0 ? Number.POSITIVE_INFINITY : Math.floor((dollars * 1_000_000) / output);
}

function keyOf({ scope }: LimitState, { day, spec, task }: Spending): string {
  if (scope === 'day') return day;
  if (scope === 'month') return monthOf(day);
  return scope === 'spec' ? `${spec}` : `${spec} ${task}`;
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
