/**
 * Stands between the sessions and the models: writes each request into the ledger, and stops the one that could
 * exceed a limit before it is sent.
 */
import { ActError } from '../actError';
import type { Model, ModelRequest, Usage } from '../agent/turn/model';
import type { Logger, Models } from '../ports';
import type { AbortSignal } from '../util/abort';
import { errorMessage } from '../util/errorMessage';
import { Emitter, type Event } from '../util/event';
import { createTurns } from '../util/turns';
import { type AdmissionOptions, createAdmissions, labelsOf, promptTokens } from './admission';
import { type Asker, monthOf, type UsageRecord } from './ledger';
import { type LimitState, limitsFor, type Spending } from './limits';
import { costAt, type Price } from './price';
import type { Reservation } from './reservations';

/** So much of a limit is used when the person is told. */
const NEAR = 0.8;

export interface Meter {
  /** As the given models, with everything that is asked written down. */
  readonly models: Models;
  /** A limit of which four fifths are used; told once for each day, spec and so on. */
  readonly onDidComeNear: Event<LimitState>;
}

export interface MeterOptions extends Omit<AdmissionOptions, 'inTurn'> {
  readonly models: Models;
  readonly log: Logger;
  /** What a session is for. */
  readonly sessionOf: (id: string) => Asker | undefined;
  /** A session's answer was cut off, and this is paid of it. */
  readonly onCut?: (session: string, usage: Usage, cost: number | undefined) => void;
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
  /** Between reading the ledger and setting dollars aside, none may go from the one to the other. */
  const inTurn = createTurns();
  const { admit } = createAdmissions({ ...options, inTurn });
  /** What could not be written down, as on a full disk. */
  const unwritten: UsageRecord[] = [];

  async function writeDown(): Promise<void> {
    for (let first = unwritten[0]; first; first = unwritten[0]) {
      await ledger.add(first);
      unwritten.shift();
    }
  }

  /** No limit holds that does not count everything. */
  async function requireAllWritten(): Promise<void> {
    await inTurn(writeDown).catch((error: unknown) => {
      throw new ActError('limit', `${UNWRITTEN} ${errorMessage(error)}`, error);
    });
  }

  async function* stream(model: Model, request: ModelRequest, signal: AbortSignal) {
    const asker = request.asker ?? (request.session === undefined ? undefined : sessionOf(request.session));
    if (asker === undefined || model.rehearsed) yield* model.stream(request, signal);
    else yield* counted(model, request, asker, signal);
  }

  async function* counted(model: Model, request: ModelRequest, asker: Asker, signal: AbortSignal) {
    await requireAllWritten();
    const price = priceOf(model, request);
    const { maxTokens, reservation, giveBack } = await admit(request, price, asker, signal);
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
      await giveBack?.().catch((error: unknown) => log.warn('Dollars that were set aside stay so', error));
    }
  }

  function priceOf(model: Model, request: ModelRequest): Price | undefined {
    return settings.get().prices[model.name] ?? model.priceOf?.(promptTokens(request));
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
      unwritten.push({
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
      // The answer is there, and paid: it must not be lost for that.
      await writeDown().catch((error: unknown) =>
        log.error('What an answer cost is not written down yet', error),
      );
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
    if (Object.keys(limits).length === 0) return;
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

const UNWRITTEN =
  'What the last answer cost cannot be written down, so limits would not hold. Nothing was sent. Make room on the disk, and go on.';

function keyOf({ scope }: LimitState, { day, spec, task }: Spending): string {
  if (scope === 'day') return day;
  if (scope === 'month') return monthOf(day);
  return scope === 'spec' ? `${spec}` : `${spec} ${task}`;
}
