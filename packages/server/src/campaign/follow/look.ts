import type { CampaignEvent, CampaignState } from '@patchsteward/core/campaign';
import type { LanePolicy } from '@patchsteward/core/policy';
import type { Hash } from '@patchsteward/core/vocabulary';
import { type Instant, MINUTE_MS, type Reason, type Verdict } from '@patchsteward/core/vocabulary';
import type { AppendEvents } from '../../platform/campaign-door.ts';
import type { Tx } from '../../platform/database.ts';
import type { LoadedPolicy } from '../../platform/policy-file.ts';
import type { Changes } from '../changes.ts';
import type { WaveStore } from './wave-store.ts';

/** What every room needs to be asked. */
export interface FollowParts {
  readonly policy: LoadedPolicy;
  readonly newId: () => string;
  readonly append: AppendEvents;
  readonly silenceMs: number;
  /** Room 3 keeps the evidence of a campaign as one document. */
  readonly keepReport: (
    tx: Tx,
    campaign: string,
    transactions: readonly { readonly assetId: string; readonly evidence: Hash }[],
    at: Instant,
  ) => Promise<Hash>;
}

/** A campaign under its lock whose plan is carried out: what waves need to be asked. */
export interface WaveLook {
  readonly store: WaveStore;
  readonly silenceMs: number;
  readonly state: CampaignState;
  readonly lane: LanePolicy;
  readonly now: Instant;
  /** What the look leaves behind beside its event. */
  readonly changes: Changes;
}

/** A campaign under its lock, and the room that has the next word. */
export interface Look extends WaveLook {
  readonly tx: Tx;
  readonly parts: FollowParts;
}

/** What the room answers, and what follows from it. */
export interface Move {
  /** null: the state itself says what it waits for. */
  readonly verdict: Verdict<null> | null;
  readonly event?: CampaignEvent;
  /** When to ask again, if nothing happens before. */
  readonly againAt?: Instant;
}

export type Follow = (look: Look) => Promise<Move>;

/** What changes without an event of ours (a label, a window, a finding) is found by looking. */
const AGAIN_MS = MINUTE_MS;

export function waitOn(reasons: readonly Reason[], now: Instant, againAt = now + AGAIN_MS): Move {
  return { verdict: { kind: 'wait', waitingOn: reasons }, againAt };
}

export function stopOn(reasons: readonly Reason[], now: Instant): Move {
  return { verdict: { kind: 'stop', blockedBy: reasons }, againAt: now + AGAIN_MS };
}

export function proceedWith(event: CampaignEvent): Move {
  return { verdict: { kind: 'proceed', value: null }, event };
}

/** The answer of a room that does not let it on. */
export function heldBack(verdict: Exclude<Verdict<unknown>, { kind: 'proceed' }>, now: Instant): Move {
  return verdict.kind === 'wait' ? waitOn(verdict.waitingOn, now) : stopOn(verdict.blockedBy, now);
}
