import { HOUR_MS, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { AtWork } from '../platform/at-work.ts';
import type { Changed, Corridor, GrantedWish } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import type { Log } from '../platform/log.ts';
import { messageOf } from '../platform/system-error.ts';
import { feedEntries, type Mirrors } from './feeds-registry.ts';
import { FETCH_TIMER_KIND, readFeedRows } from './feeds-store.ts';

/** An advisory is to be seen within the hour of its release; a publisher that has nothing new says so in one packet. */
const FETCH_EVERY_MS = HOUR_MS;
const BACKOFF_MS_MIN = MINUTE_MS;
const BACKOFF_MS_MAX = 6 * HOUR_MS;
/** A fetch that this long after its start has not set its next time died with its server. */
const LOST_AFTER_MS = 20 * MINUTE_MS;
/** Servers that were started together do not ask together. */
const JITTER_SHARE = 0.2;
/** At a start the server first answers people. */
const FIRST_FETCH_MS = 2_000;

/** Timers that must exist where feeds are fetched. */
export async function fetchTimers(db: Db, mirrors: Mirrors, now: Instant): Promise<FetchTimer[]> {
  return feedEntries(await readFeedRows(db), mirrors)
    .filter(({ enabled }) => enabled)
    .map(({ id }, place) => ({ kind: FETCH_TIMER_KIND, subject: id, due: now + FIRST_FETCH_MS * (place + 1) }));
}

interface FetchTimer {
  readonly kind: string;
  readonly subject: string;
  readonly due: Instant;
}

export interface ScheduleTools {
  readonly db: Db;
  readonly clock: () => Instant;
  readonly log: Log;
  /** 0 to 1. */
  readonly dice: () => number;
  readonly atWork: AtWork;
  readonly mirrors: Mirrors;
}

type Fetch = (feed: string, signal: AbortSignal) => Promise<unknown>;

/** Fetches that time asked for. They run beside the outbox: a fetch over a slow line must not hold a transaction open. */
export class FetchSchedule {
  readonly #tools: ScheduleTools;
  readonly #running = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(tools: ScheduleTools) {
    this.#tools = tools;
  }

  /**
   * Grants `feed.fetch`: sets the time by which the fetch is missed, and begins it once that is committed, so that the
   * time that follows from the fetch stands after it.
   */
  async grant({ key, at }: GrantedWish, corridor: Corridor, fetch: Fetch): Promise<Changed<void>> {
    const { db, mirrors } = this.#tools;
    const feed = feedEntries(await readFeedRows(db), mirrors).find(({ id, enabled }) => id === key && enabled)?.id;
    if (feed === undefined || this.#stop.signal.aborted) return { value: undefined };
    const timers = [{ kind: FETCH_TIMER_KIND, subject: feed, due: at + LOST_AFTER_MS }];
    return { value: undefined, timers, begin: () => this.#begin(feed, corridor, fetch) };
  }

  #begin(feed: string, corridor: Corridor, fetch: Fetch): void {
    if (this.#running.has(feed) || this.#stop.signal.aborted) return;
    const done = this.#tools.atWork.begin();
    const run = this.#run(feed, corridor, fetch).finally(() => {
      this.#running.delete(feed);
      done();
    });
    this.#running.set(feed, run);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running.values());
  }

  async #run(feed: string, corridor: Corridor, fetch: Fetch): Promise<void> {
    const { clock, db, log, mirrors } = this.#tools;
    try {
      await fetch(feed, this.#stop.signal);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      // Without a network this is the normal state, and the list of feeds shows it.
      if (error instanceof Refusal) log.info({ feed, code: error.code }, `feed not fetched: ${error.message}`);
      else log.error({ err: error, feed }, 'a feed could not be fetched');
    }
    try {
      const rows = await readFeedRows(db);
      // Somebody may have switched it off meanwhile.
      if (!feedEntries(rows, mirrors).some(({ id, enabled }) => id === feed && enabled)) return;
      const due = clock() + this.#pause(rows.get(feed)?.failures ?? 0);
      const timers = [{ kind: FETCH_TIMER_KIND, subject: feed, due }];
      await corridor.change({ actor: 'system', at: clock() }, () => Promise.resolve({ value: undefined, timers }));
    } catch (error) {
      log.warn({ err: error, feed }, `the next fetch could not be set: ${messageOf(error)}; it follows in a while`);
    }
  }

  #pause(failures: number): number {
    const pauseMs = failures === 0 ? FETCH_EVERY_MS : Math.min(BACKOFF_MS_MIN * 2 ** (failures - 1), BACKOFF_MS_MAX);
    return Math.round(pauseMs * (1 + JITTER_SHARE * this.#tools.dice()));
  }
}
