import type { Instant } from '@patchsteward/core/vocabulary';
import type { AtWork } from '../platform/at-work.ts';
import type { Corridor, WishHandler } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { type Committed, createCorridor, type Mint } from './corridor.ts';
import { startOutbox } from './outbox.ts';
import { startSequencer } from './sequencer.ts';
import { isAnythingLeft, keepTimer } from './store.ts';
import { startTimers } from './timers.ts';

export interface CampaignOptions {
  readonly db: Db;
  readonly mint: Mint;
  readonly clock: () => Instant;
  readonly log: Log;
  /** By kind of wish. Made with the corridor, since what grants a wish may wish for more. */
  readonly handlers: (corridor: Corridor) => Readonly<Record<string, WishHandler>>;
  /** How long the loops sleep at most; without it, as everybody's do. */
  readonly lookMs?: (() => number) | undefined;
  /** What this server has in hand beside requests; wishes are counted here. */
  readonly atWork: AtWork;
  /** Timers that must always be there; one that is set already keeps its time. */
  readonly timers: readonly { readonly kind: string; readonly subject: string; readonly due: Instant }[];
}

export interface Campaign {
  readonly corridor: Corridor;
  /** Whether nothing is left that is due by now: what the fleet and people did so far has had all its consequences. */
  readonly isAtRest: () => Promise<boolean>;
  /** Lets what runs end; what is left stays in its rows for the next start or another server. */
  readonly stop: () => Promise<void>;
}

/** The corridor with everything that works on behind it: the sequence of the record, the outbox, the timers. */
export async function startCampaign(options: CampaignOptions): Promise<Campaign> {
  const { db, mint, clock, log, handlers, timers, lookMs, atWork } = options;
  for (const timer of timers) await keepTimer(db, timer.kind, timer.subject, timer.due);

  const announce = (committed: Committed): void => {
    if (committed.leaves) sequencer.wake();
    if (committed.wishes) outbox.wake();
    if (committed.timers) clockwork.wake();
  };
  const corridor = createCorridor(db, mint, announce);
  const sequencer = startSequencer(db, log);
  const outbox = startOutbox({ db, mint, clock, log, handlers: handlers(corridor), announce, lookMs, atWork });
  const clockwork = startTimers(db, clock, log, () => outbox.wake(), lookMs);

  return {
    corridor,
    isAtRest: () => atWork.isIdleAround(async () => !(await isAnythingLeft(db, clock()))),
    stop: async () => {
      await clockwork.stop();
      await outbox.stop();
      await sequencer.stop();
    },
  };
}
