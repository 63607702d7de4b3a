import type { CampaignRequest } from '@patchsteward/contract';
import { joinAssessments } from '@patchsteward/core/2-evaluation';
import type { CampaignEvent, CampaignState, CampaignUpdate } from '@patchsteward/core/campaign';
import { condenseReasons } from '@patchsteward/core/vocabulary';
import { type ProposedCampaign, readProposal, titleOf } from '../1-identification/proposals.ts';
import { readScopedAssets, readUpdate } from '../1-identification/scope.ts';
import { readAnswers } from '../2-evaluation/response-cover-store.ts';
import { readRunners } from '../6-deployment/host-store.ts';
import type { Corridor } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { claimUpdates, type HeldCampaign } from './campaign-store.ts';
import { Changes } from './changes.ts';
import { advance, type By, eventRefusal, type Machine } from './feed.ts';

export interface OpeningParts extends Machine {
  readonly corridor: Corridor;
}

/** Somebody adopts a proposal: from here on it is a campaign, and they are its requester. // decided 22, 26 */
export async function openCampaign(
  parts: OpeningParts,
  request: Pick<CampaignRequest, 'proposal' | 'assets'>,
  requester: string,
  by: By,
): Promise<string> {
  return parts.corridor.change(by, async (tx) => {
    const proposed = await readProposal(tx, request.proposal, request.assets, {
      ...{ policy: parts.policy, readSaid: readAnswers, now: by.at },
    });
    if (proposed === undefined) throw nothingProposed(request.proposal);
    refuseUnlessAllThere(request.assets ?? [], proposed);
    const opening = { title: titleOf(proposed.row), proposed: [proposed], requester };
    const { campaign, changes } = await openIn(tx, parts, opening, by);
    return changes.with(campaign);
  });
}

/** What a campaign is opened with: one proposal, or all that a turn of a maintenance plan brings. */
interface Opening {
  readonly title: string;
  readonly proposed: readonly ProposedCampaign[];
  readonly requester: string;
}

/** The same in the transaction of whoever has more to write beside it. */
export async function openIn(
  tx: Tx,
  parts: Machine,
  opening: Opening,
  by: By,
): Promise<{ readonly campaign: string; readonly changes: Changes }> {
  const events = await firstEvents(tx, opening);
  return openWith(tx, parts, events, by);
}

/** The same with events that somebody else made. */
export async function openWith(
  tx: Tx,
  parts: Machine,
  eventsOf: (campaign: string) => readonly CampaignEvent[],
  by: By,
): Promise<{ readonly campaign: string; readonly changes: Changes }> {
  const campaign = parts.newId();
  const changes = new Changes();
  let held: HeldCampaign | null = null;
  for (const event of eventsOf(campaign)) {
    const outcome = await advance(tx, parts, held, event, by);
    if (outcome.kind === 'refused') throw eventRefusal(outcome.reason);
    if (held === null) await claim(tx, outcome.held.state);
    held = outcome.held;
    changes.add(outcome.fed);
  }
  return { campaign, changes };
}

function nothingProposed(proposal: string): Refusal {
  return new Refusal(
    'not-found',
    `Nothing is proposed as ${proposal}: no host is offered an update of it, or a campaign has it already.`,
  );
}

function refuseUnlessAllThere(wanted: readonly string[], { assets }: ProposedCampaign): void {
  const missing = wanted.filter((id) => !assets.some((asset) => asset.id === id));
  if (missing.length === 0) return;
  throw new Refusal('bad-request', 'Some of these assets are not offered this update.', {
    details: missing.slice(0, 20).map((id) => ({ path: 'body.assets', problem: `${id} is not in the proposal` })),
  });
}

async function claim(tx: Tx, state: CampaignState): Promise<void> {
  if (await claimUpdates(tx, state)) return;
  throw new Refusal('conflict', `A campaign for ${state.title} was opened a moment ago.`);
}

/** What was seen, where, and how urgent it is: steps 1 and 2 say so, and the machine takes it from there. */
async function firstEvents(
  tx: Tx,
  { title, proposed, requester }: Opening,
): Promise<(campaign: string) => CampaignEvent[]> {
  const [first, ...rest] = proposed.map(({ assessment }) => assessment);
  if (first === undefined) throw new TypeError('a campaign is opened with one update at least');
  const updates: CampaignUpdate[] = [];
  for (const { row, assets, fixes } of proposed) {
    const { scope, source, source_version: sourceVersion } = row;
    const hashes = assets.map(({ updatesHash }) => updatesHash);
    updates.push(await readUpdate(tx, { scope, source, sourceVersion }, hashes, fixes));
  }
  const ids = [...new Set(proposed.flatMap(({ assets }) => assets.map(({ id }) => id)))];
  const runners = await readRunners(tx, ids);
  const { releasedAt, firstSeen, lane, due, reasons } = joinAssessments([first, ...rest]);
  const assets = await readScopedAssets(tx, ids, (id) => runners.get(id) ?? null);
  return (campaign) => [
    { kind: 'update.seen', campaign, title, updates, requester, releasedAt, firstSeen },
    { kind: 'scope.computed', assets },
    { kind: 'lane.proposed', lane, due, reasons: condenseReasons(reasons) },
  ];
}
