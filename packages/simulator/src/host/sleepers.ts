import type { Instant } from '@patchsteward/core/vocabulary';
import type { Tables } from '../store/tables.ts';
import type { Dice } from '../time/dice.ts';
import type { Process } from '../time/process.ts';
import type { Scheduler } from '../time/scheduler.ts';

/** Before which nothing that a host could ask has another answer than the last time. */
export type WaitsFor =
  /** A record in the journal of its runner. */
  | { readonly kind: 'runner' }
  /** An event of a work order of its own. */
  | { readonly kind: 'work' }
  /** An event of the campaign, or one of its own. */
  | { readonly kind: 'campaign' }
  /** A time that the server named, or one of these events. */
  | { readonly kind: 'time'; readonly at: Instant }
  /** Whatever gives a place back, or one of these events. */
  | { readonly kind: 'place' };

const OF_CAMPAIGN: ReadonlySet<WaitsFor['kind']> = new Set<WaitsFor['kind']>(['campaign', 'time', 'place']);

/** Rounds of hosts that fall together: who asks beside whom is where bugs are. */
const TOGETHER_SHARE = 0.3;
const TOGETHER_MS = 200;

interface Sleeper {
  readonly waitsFor: WaitsFor;
  readonly wake: () => void;
}

export interface Nap {
  readonly assetId: string;
  readonly process: Process;
  readonly waitsFor: WaitsFor;
  /** What its loop asked for; it is never woken earlier. */
  readonly ms: number;
  /** It would look once in so long, and check in once in so long. */
  readonly everyMs: number;
  readonly seenEveryMs: number;
}

/**
 * Hosts that ask again and again and are told the same. Time jumps over these questions: they are asked again when
 * something came about that their answer hangs on, at the moment at which the next of them would have come. That such a
 * host was heard of all the while is kept with its last check-in.
 */
export class Sleepers {
  readonly #scheduler: Scheduler;
  readonly #dice: Dice;
  readonly #tables: Tables;
  readonly #asleep = new Map<string, Sleeper>();

  constructor(scheduler: Scheduler, dice: Dice, tables: Tables) {
    this.#scheduler = scheduler;
    this.#dice = dice;
    this.#tables = tables;
  }

  nap({ assetId, process, waitsFor, ms, everyMs, seenEveryMs }: Nap): Promise<void> {
    const since = this.#scheduler.now;
    const { quiet } = this.#tables;
    return process.wait<void>((resume) => {
      quiet.set(assetId, { since, everyMs: seenEveryMs });
      const end = (): void => {
        this.#asleep.delete(assetId);
        this.#tables.keepSeen(assetId);
      };
      const forget = process.whenKilled(end);
      const wakeAt = (at: Instant): void => {
        if (this.#asleep.get(assetId) !== sleeper) return;
        end();
        forget();
        this.#scheduler.at(Math.max(since + ms, at), () => resume());
      };
      const wake = (): void => {
        const roundMs = this.#dice.chance(TOGETHER_SHARE) ? Math.min(TOGETHER_MS, everyMs) : everyMs;
        wakeAt(this.#scheduler.now + this.#dice.below(roundMs));
      };
      const sleeper: Sleeper = { waitsFor, wake };
      this.#asleep.set(assetId, sleeper);
      if (waitsFor.kind === 'time') this.#scheduler.at(waitsFor.at, () => wakeAt(this.#scheduler.now));
    });
  }

  /** Something happened to this host itself. */
  disturb(assetId: string): void {
    this.#asleep.get(assetId)?.wake();
  }

  disturbAll(): void {
    for (const { wake } of [...this.#asleep.values()]) wake();
  }

  onCampaign(): void {
    for (const { waitsFor, wake } of [...this.#asleep.values()]) if (OF_CAMPAIGN.has(waitsFor.kind)) wake();
  }

  onJob(assetId: string, holdsPlace: boolean): void {
    this.disturb(assetId);
    if (holdsPlace) return;
    for (const { waitsFor, wake } of [...this.#asleep.values()]) if (waitsFor.kind === 'place') wake();
  }
}
