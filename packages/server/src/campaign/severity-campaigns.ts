import type { SeverityCampaign } from '@patchsteward/contract';
import type { Assessment } from '@patchsteward/core/2-evaluation';
import { type CampaignEvent, type CampaignState, step } from '@patchsteward/core/campaign';
import { condenseReasons, type Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { assessUpdates } from '../1-identification/proposals.ts';
import type { RowChange } from '../1-identification/severity-moves.ts';
import type { CampaignsOfSeverities } from '../1-identification/severity-perform.ts';
import type { Changed, GrantedWish, Wish } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { findOpenCampaigns, lockCampaign } from './campaign-store.ts';
import { advance, type Machine } from './feed.ts';

/** What decides on the lane of an open campaign (its key) changed: it is asked whether it must be faster. */
export const LANE_FOLLOWS = 'campaign.lane';

/** Assets are judged by other facts than before: their open campaigns are asked whether they must be faster. */
export async function lanesOfAssets(tx: Tx, assetIds: readonly string[]): Promise<readonly Wish[]> {
  const campaigns = await findOpenCampaigns(tx, assetIds);
  return campaigns.map((key) => ({ kind: LANE_FOLLOWS, key, payload: null }));
}

/** Open campaigns, and what a word of Security on severities means to them. */
export function severityCampaigns(machine: Machine): CampaignsOfSeverities {
  return {
    campaignsAfter: async (reader, vulnerabilities, becomingOf, now) => {
      const found: SeverityCampaign[] = [];
      for (const state of await openCampaignsWith(reader, vulnerabilities)) {
        const after = await assessedAs(reader, machine, state, now, { vulnerabilities, becomingOf });
        if (after !== null) found.push(campaignBody(state, after, outcomeOf(machine, state, after, now)));
      }
      return found;
    },
    follow: async (reader, vulnerabilities) =>
      (await openCampaignsWith(reader, vulnerabilities)).map(({ id }) => ({
        ...{ kind: LANE_FOLLOWS, key: id, payload: null },
      })),
  };
}

/**
 * A campaign moves up by itself, as soon as what it ends is more urgent than before. Down it moves only by a statement
 * that Security and an owner sign: the machine refuses, and what it refuses here changes nothing. // §2.8 S17
 */
export async function grantLaneFollows(machine: Machine, wish: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const held = await lockCampaign(tx, wish.key);
  if (held === undefined) return { value: undefined };
  const after = await assessedAs(tx, machine, held.state, wish.at, null);
  if (after === null || isThere(held.state, after)) return { value: undefined };
  const outcome = await advance(tx, machine, held, proposalOf(after), { actor: 'system', at: wish.at });
  if (outcome.kind === 'refused') return { value: undefined };
  const { leaves, wishes, timers } = outcome.fed;
  return { value: undefined, leaves, wishes, timers, touched: ['campaigns', 'campaign', 'inbox', 'overview'] };
}

/** Open campaigns that end one of them; there are some dozens of open campaigns. */
async function openCampaignsWith(reader: Reader, vulnerabilities: readonly string[]): Promise<CampaignState[]> {
  const { rows } = await sql<{ state: CampaignState }>`
    select fold as state from campaign.campaign
    where not ended and exists (
      select from jsonb_array_elements(fold -> 'updates') as update
      where update -> 'fixes' ?| ${vulnerabilities}::text[]
    )
    order by id
  `.execute(reader);
  return rows.map(({ state }) => state);
}

interface WouldBe {
  readonly vulnerabilities: readonly string[];
  readonly becomingOf: RowChange;
}

async function assessedAs(
  reader: Reader,
  { policy }: Machine,
  state: CampaignState,
  now: Instant,
  wouldBe: WouldBe | null,
): Promise<Assessment | null> {
  const asked = new Set(wouldBe?.vulnerabilities);
  return assessUpdates(reader, state, { policy, now }, (row) =>
    wouldBe !== null && asked.has(row.vulnerability) ? wouldBe.becomingOf(row) : row,
  );
}

function isThere({ lane, due }: CampaignState, after: Assessment): boolean {
  return lane === after.lane && due === after.due;
}

function proposalOf({ lane, due, reasons, why }: Assessment): CampaignEvent {
  return { kind: 'lane.proposed', lane, due, reasons: condenseReasons(reasons), why };
}

/** The machine is asked, and nothing is done: what it allows is said in its table alone. */
function outcomeOf(
  { policy }: Machine,
  state: CampaignState,
  after: Assessment,
  now: Instant,
): SeverityCampaign['outcome'] {
  if (isThere(state, after)) return 'stays';
  const stepped = step(state, proposalOf(after), { now, policy, by: 'system' });
  if (!('refused' in stepped)) return 'moves-up';
  return stepped.refused.code === 'lane-lowered' ? 'needs-signatures' : 'stays';
}

function campaignBody(
  { id, title, lane, due }: CampaignState,
  after: Assessment,
  outcome: SeverityCampaign['outcome'],
): SeverityCampaign {
  return {
    ...{ id, title, lane, due: due === null ? null : new Date(due).toISOString() },
    ...{ laneAfter: after.lane, dueAfter: new Date(after.due).toISOString(), outcome },
  };
}
