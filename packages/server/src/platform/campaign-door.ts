import type { CampaignEvent, Recorded } from '@patchsteward/core/campaign';
import type { JobRecorded } from '@patchsteward/core/job';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Actor, NewLeaf, TimerChange, Wish } from './corridor.ts';
import type { Tx } from './database.ts';

/** What an event brought; it belongs into the change of whoever fed it. */
export interface Fed {
  /** Where the campaign stands afterwards. */
  readonly state: string;
  readonly leaves: readonly NewLeaf[];
  readonly wishes: readonly Wish[];
  readonly timers: readonly TimerChange[];
}

/** Feeds an event to a campaign, in the transaction of the caller. Throws a Refusal where the machine refuses it. */
export type FeedEvent = (
  tx: Tx,
  fed: {
    readonly campaign: string;
    readonly event: CampaignEvent;
    readonly actor: Actor;
    readonly at: Instant;
  },
) => Promise<Fed>;

/**
 * Holds a campaign in the transaction of the caller, so that nobody else moves it. Whoever takes a plan or a job of it as
 * well comes here first: with one order of locks nobody waits in a circle.
 */
export type HoldCampaign = (tx: Tx, campaign: string) => Promise<void>;

/** The story of a campaign or of one of its jobs. */
export interface Stream {
  readonly name: string;
  /** Events so far. */
  readonly version: number;
  readonly campaign: string;
}

/** Appends events of a job to the same store, and gives the entry of the record for each. */
export type AppendEvents = (
  tx: Tx,
  stream: Stream,
  recorded: readonly (Recorded | JobRecorded)[],
  by: { readonly actor: Actor; readonly at: Instant },
) => Promise<NewLeaf[]>;
