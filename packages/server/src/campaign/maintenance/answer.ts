import type { Policy } from '@patchsteward/core/policy';
import { type ProposedCampaign, proposalIdOf, readProposal } from '../../1-identification/proposals.ts';
import { readOffersNow, readRoutineAssets } from '../../1-identification/routine-offers-store.ts';
import { readAnswers } from '../../2-evaluation/response-cover-store.ts';
import { plainJson } from '../../platform/column-types.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { Refusal } from '../../platform/http/refusal.ts';
import type { By } from '../feed.ts';
import { type OpeningParts, openIn } from '../open.ts';
import { turnLeaf } from './follow.ts';
import { noSuchPlan } from './perform.ts';
import { lockPlan, type PlanRow } from './plan-store.ts';
import { readTurn, type StandingUpdate, storeAnswer, type TurnRow } from './turn-store.ts';

interface Answered {
  readonly name: string;
  readonly day: string;
  /** Whoever answers, as people know them. */
  readonly login: string;
}

/** Somebody wants the turn: what is still offered of its list becomes one campaign, and they are its requester. // decided 22, 26 */
export async function takeTurn(parts: OpeningParts, { name, day, login }: Answered, by: By): Promise<string> {
  return parts.corridor.change(by, async (tx) => {
    const { plan, turn } = await waitingTurn(tx, name, day);
    const { proposed, standings } = await readTaken(tx, plan, turn, { policy: parts.policy, now: by.at });
    if (proposed.length === 0) {
      throw new Refusal(
        'conflict',
        `Nothing of the turn of ${day} can be taken any more: its updates are in other campaigns, urgent or gone. Dismiss it.`,
      );
    }
    const opening = { title: `${name} ${day}`, proposed, requester: login };
    const { campaign, changes } = await openIn(tx, parts, opening, by);
    const decided = { at: by.at, by: login, why: null };
    await storeAnswer(tx, { plan: name, day, state: 'taken', standings, campaign, decided });
    changes.add({ leaves: [turnLeaf('taken', name, day, { campaign, standings: plainJson(standings) })] });
    return changes.with(campaign);
  });
}

/** Somebody says why there is no campaign this time. */
export async function dismissTurn(
  { corridor }: OpeningParts,
  { name, day, login, why }: Answered & { readonly why: string },
  by: By,
): Promise<TurnRow> {
  return corridor.change(by, async (tx) => {
    const { turn } = await waitingTurn(tx, name, day);
    const answered = { ...turn, state: 'dismissed', decided: { at: by.at, by: login, why } } as const;
    await storeAnswer(tx, answered);
    return { value: answered, leaves: [turnLeaf('dismissed', name, day, { why })] };
  });
}

async function waitingTurn(tx: Tx, name: string, day: string): Promise<{ plan: PlanRow; turn: TurnRow }> {
  const plan = await lockPlan(tx, name);
  if (plan === undefined) throw noSuchPlan(name);
  const turn = await readTurn(tx, name, day);
  if (turn === undefined) throw noSuchTurn(name, day);
  if (turn.state !== 'proposed') throw new Refusal('conflict', `The turn of ${day} is ${turn.state} already.`);
  return { plan, turn };
}

export function noSuchTurn(name: string, day: string): Refusal {
  return new Refusal('not-found', `The maintenance plan ${name} has had no turn of ${day}.`);
}

interface Taken {
  readonly proposed: readonly ProposedCampaign[];
  readonly standings: readonly StandingUpdate[];
}

/** Each update on the hosts of the groups and on the test ring, as it is now: what became urgent goes its own way. */
async function readTaken(
  tx: Tx,
  plan: PlanRow,
  turn: TurnRow,
  by: { readonly policy: Policy; readonly now: number },
): Promise<Taken> {
  const assets = await readRoutineAssets(tx, plan.groups);
  const proposed: ProposedCampaign[] = [];
  const standings: StandingUpdate[] = [];
  for (const update of await standingsOf(tx, turn)) {
    const isOffered = update.standing.kind === 'offered' || update.standing.kind === 'replaced';
    const found = isOffered
      ? await readProposal(tx, proposalIdOf(update), assets, { ...by, readSaid: readAnswers })
      : undefined;
    if (isOffered && found === undefined) standings.push({ ...update, standing: { kind: 'gone' } });
    else if (found !== undefined && found.assessment.lane !== 'routine') {
      standings.push({ ...update, standing: { kind: 'urgent' } });
    } else standings.push(update);
    if (found?.assessment.lane === 'routine') proposed.push(found);
  }
  return { proposed, standings };
}

/** What would become of each update of a list that waits. */
export async function standingsOf(reader: Reader, { updates }: Pick<TurnRow, 'updates'>): Promise<StandingUpdate[]> {
  const now = new Map((await readOffersNow(reader, updates)).map((offer) => [proposalIdOf(offer), offer]));
  return updates.map(({ scope, source, sourceVersion }) => {
    const offer = now.get(proposalIdOf({ scope, source }));
    const known = { scope, source };
    if (offer?.campaign != null) return { ...known, standing: { kind: 'in-campaign', campaign: offer.campaign } };
    if (offer?.sourceVersion == null) return { ...known, standing: { kind: 'gone' } };
    if (offer.lane !== 'routine') return { ...known, standing: { kind: 'urgent' } };
    if (offer.sourceVersion === sourceVersion) return { ...known, standing: { kind: 'offered' } };
    return { ...known, standing: { kind: 'replaced', sourceVersion: offer.sourceVersion } };
  });
}
