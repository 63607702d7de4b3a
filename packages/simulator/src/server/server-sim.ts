import { type CampaignEvent, type CampaignState, standsIn } from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import { type Instant, MINUTE_MS, type Reason } from '@patchsteward/core/vocabulary';
import {
  APPOINTMENT,
  advanceIn,
  BROKEN,
  type By,
  type Changed,
  type GrantedWish,
  grantAppointment,
  grantBroken,
  grantCancel,
  grantDeclare,
  grantSilence,
  JOBS_CANCEL,
  JOBS_DECLARE,
  PROGRESS,
  progressCampaign,
  SILENCE,
  type WaveLook,
} from '@patchsteward/server/engine';
import type { Database } from '../store/database.ts';
import type { ModelStore } from '../store/model-store.ts';
import { DeadlockError, Transaction } from '../store/transaction.ts';
import type { Dice } from '../time/dice.ts';
import { Process } from '../time/process.ts';
import type { Scheduler } from '../time/scheduler.ts';
import type { Engine } from '../world/engine.ts';
import type { Faults } from '../world/faults.ts';
import type { Trace } from '../world/trace.ts';
import { dueWishes, fireTimers, nextDue, writeBeside } from './outbox.ts';

/** Two transactions that keep colliding this often are a bug in their order of locks. */
const ATTEMPTS_MAX = 5;
/** After a failure a wish waits this long, and twice as long each time. */
const BACKOFF_MS_MIN = 1_000;
const BACKOFF_MS_MAX = 10 * MINUTE_MS;
/** Two looks of a server at its outbox; what it commits itself is looked at at once. */
const LOOK_MS = 30_000;
/** A campaign about which nothing is told is looked at more and more seldom, and when one of its reasons says so. */
const QUIET_MS_FIRST = 5_000;
const QUIET_MS_MAX = 10 * MINUTE_MS;
const DOWN_MS_MAX = 15 * MINUTE_MS;

export interface ServerParts {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly database: Database;
  readonly policy: Policy;
  readonly engine: Engine;
  readonly trace: Trace;
  readonly silenceMs: number;
  readonly faults: Faults;
}

/** One server: the shell of the product over the model of a database, and a process that may be killed. */
export class ServerSim {
  readonly name: string;
  readonly parts: ServerParts;
  process: Process;
  #looking = false;
  /** Looks in a row after which nothing was told anew. */
  #quietLooks = 0;
  /** When it looks next by itself; a look that comes earlier takes its place. */
  #looksAt: Instant = Number.POSITIVE_INFINITY;

  constructor(name: string, parts: ServerParts) {
    this.name = name;
    this.parts = parts;
    this.process = new Process(parts.scheduler);
    this.#watchOver();
  }

  get isUp(): boolean {
    return this.process.alive;
  }

  /** The corridor: one transaction, again after a deadlock, and only after the commit anything follows. */
  async change<T>(by: { readonly at: Instant }, work: (store: ModelStore) => Promise<Changed<T>>): Promise<T> {
    const { database, policy, engine } = this.parts;
    for (let attempt = 1; ; attempt += 1) {
      const tx = new Transaction(database, this.process);
      try {
        const changed = await work(engine.openStore(tx, policy, engine.guards));
        const turn = tx.turn();
        if (turn !== null) await turn;
        writeBeside(tx, changed, by.at);
        tx.commit();
        // Between the commit and what follows from it a server may die as well.
        database.crashAt(this.process);
        if (!this.process.alive) await this.process.pause(0);
        // Where nothing was wished for, a look finds nothing.
        if (wishesSomething(changed)) this.wake();
        return changed.value;
      } catch (error) {
        tx.rollback();
        if (!(error instanceof DeadlockError) || attempt === ATTEMPTS_MAX) throw error;
        this.parts.trace.count('deadlock');
        await this.process.pause(10 * attempt);
      }
    }
  }

  /** What a person says, through the door of their request. null: it was refused. */
  feed(campaign: string, event: CampaignEvent, person: string): Promise<Reason | null> {
    const at = this.parts.scheduler.now;
    const by: By = { actor: person === 'system' ? 'system' : `person:${person}`, at };
    return this.change(by, async (store): Promise<Changed<Reason | null>> => {
      const held = await store.lockCampaign(campaign);
      const outcome = await advanceIn(store, this.parts.policy, held ?? null, event, by);
      if (outcome.kind === 'refused') return { value: outcome.reason };
      const { leaves, wishes, timers } = outcome.fed;
      return { value: null, leaves, wishes, timers };
    });
  }

  /** Looks at the outbox now, and again when something is due. */
  wake(): void {
    if (this.#looking || !this.process.alive) return;
    this.#looking = true;
    const { scheduler } = this.parts;
    const { process } = this;
    scheduler.after(1, () => {
      if (process.alive) scheduler.begin(() => this.#look());
    });
  }

  #watchOver(): void {
    const { scheduler, dice, trace, faults } = this.parts;
    this.#looking = false;
    this.process.whenKilled(() => {
      faults.count('server-killed');
      trace.tell(scheduler.now, 'killed', this.name);
      scheduler.after(dice.between(500, DOWN_MS_MAX), () => this.#restart());
    });
    this.wake();
  }

  #restart(): void {
    const { scheduler, trace, engine, database } = this.parts;
    if (engine.slips.has('timers-in-memory')) database.tables.timers.clear();
    this.process = new Process(scheduler);
    trace.tell(scheduler.now, 'started', this.name);
    this.#watchOver();
  }

  async #look(): Promise<void> {
    const { database, scheduler, dice } = this.parts;
    const { process } = this;
    const before = database.told;
    const timers = new Transaction(database, process);
    const turn = timers.turn();
    if (turn !== null) await turn;
    fireTimers(timers, scheduler.now);
    timers.commit();
    for (const name of dueWishes(database.tables, this.#kinds, scheduler.now)) await this.#grant(name);
    this.#looking = false;
    this.#quietLooks = database.told === before ? this.#quietLooks + 1 : 0;
    const next = nextDue(database.tables, this.#kinds, this.#quietUntil(scheduler.now));
    if (next === Number.POSITIVE_INFINITY) return;
    const looksAt = Math.max(next, scheduler.now) + dice.below(LOOK_MS);
    this.#looksAt = looksAt;
    scheduler.at(looksAt, () => {
      if (process.alive && this.#looksAt === looksAt) this.wake();
    });
  }

  /** Earlier than this a look at a campaign finds what the last one found. */
  #quietUntil(now: Instant): Instant {
    if (this.#quietLooks === 0) return now;
    const quietMs = Math.min(QUIET_MS_FIRST * 2 ** this.#quietLooks, QUIET_MS_MAX);
    const times = [...this.parts.database.tables.campaigns.values()].flatMap(({ state }) => timesOf(state, now));
    return Math.min(now + quietMs, ...times);
  }

  /** The handler and the removal of its wish are one transaction. */
  async #grant(name: string): Promise<void> {
    const { database, policy, scheduler, trace, engine } = this.parts;
    const tx = new Transaction(database, this.process);
    const turn = tx.turn();
    if (turn !== null) await turn;
    const at = scheduler.now;
    const wish = tx.tryLock(`wish ${name}`) ? tx.get(tx.tables.outbox, name) : undefined;
    const handler = wish === undefined ? undefined : this.#handlers[wish.kind];
    if (wish === undefined || wish.notBefore > at || handler === undefined) return tx.rollback();
    if (engine.slips.has('wish-granted-outside')) database.tables.outbox.delete(name);
    try {
      const store = engine.openStore(tx, policy, engine.guards);
      const changed = await handler({ key: wish.key, payload: wish.payload, at }, store);
      const turn = tx.turn();
      if (turn !== null) await turn;
      writeBeside(tx, changed, at);
      const now = tx.get(tx.tables.outbox, name);
      if (now?.generation === wish.generation) tx.remove(tx.tables.outbox, name);
      tx.commit();
      database.crashAt(this.process);
      if (!this.process.alive) await this.process.pause(0);
    } catch (error) {
      tx.rollback();
      if (!(error instanceof DeadlockError)) throw error;
      trace.count('deadlock');
      const pauseMs = Math.min(BACKOFF_MS_MIN * 2 ** wish.attempts, BACKOFF_MS_MAX);
      const later = new Transaction(database, this.process);
      const turn = later.turn();
      if (turn !== null) await turn;
      const row = { ...wish, attempts: wish.attempts + 1, notBefore: at + pauseMs };
      if (later.get(later.tables.outbox, name)?.generation === wish.generation) {
        later.put(later.tables.outbox, name, row);
      }
      later.commit();
    }
  }

  readonly #handlers: Readonly<Record<string, (wish: GrantedWish, store: ModelStore) => Promise<Changed<void>>>> = {
    [PROGRESS]: (wish, store) =>
      progressCampaign(
        { store, policy: this.parts.policy, ask: (state, changes) => this.#ask(store, state, wish.at, changes) },
        wish,
      ),
    [APPOINTMENT]: (wish, store) => grantAppointment({ store, policy: this.parts.policy }, wish),
    [BROKEN]: (wish, store) => grantBroken({ store, policy: this.parts.policy }, wish),
    [SILENCE]: (wish, store) => grantSilence({ store, silenceMs: this.parts.silenceMs }, wish),
    [JOBS_CANCEL]: (wish, store) => grantCancel({ store, silenceMs: this.parts.silenceMs }, wish),
    [JOBS_DECLARE]: (wish, store) => grantDeclare({ store, silenceMs: this.parts.silenceMs }, wish),
  };
  readonly #kinds = new Set(Object.keys(this.#handlers));

  #ask(store: ModelStore, state: CampaignState, now: Instant, changes: WaveLook['changes']) {
    const { policy, silenceMs, engine } = this.parts;
    const follow = engine.follows[state.name];
    const lane = policy.lanes[state.lane ?? 'critical'];
    return follow === undefined ? Promise.resolve(null) : follow({ store, silenceMs, state, lane, now, changes });
  }
}

function wishesSomething({ wishes = [], timers = [] }: Changed<unknown>): boolean {
  return wishes.length > 0 || timers.length > 0;
}

/** When what a campaign waits for is to be there. */
function timesOf(state: CampaignState, now: Instant): Instant[] {
  const verdict = state.verdicts[standsIn(state)];
  if (verdict === undefined || verdict.kind === 'proceed') return [];
  const reasons = verdict.kind === 'wait' ? verdict.waitingOn : verdict.blockedBy;
  return reasons.flatMap(({ by }) => (by === undefined || by <= now ? [] : [by]));
}
