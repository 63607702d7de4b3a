import type { Campaign, PlanList } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { Failure } from '../platform/failure.ts';

type PlanSummary = PlanList['items'][number];
export type PlanKind = PlanSummary['kind'];

/** The plan that a campaign goes by now; by its hash where somebody means one in particular. */
export async function currentPlan(
  client: Client,
  campaign: Campaign,
  wanted: { readonly kinds: readonly PlanKind[]; readonly plan?: string | undefined },
): Promise<PlanSummary> {
  const { items } = await client('plan.list', { params: { id: campaign.id } });
  const found = items.find(({ plan, kind, supersededBy }) =>
    wanted.plan === undefined ? supersededBy === null && wanted.kinds.includes(kind) : plan === wanted.plan,
  );
  if (found !== undefined) return found;
  const what = wanted.plan ?? `plan of kind ${wanted.kinds.join(' or ')}`;
  throw new Failure(
    `${campaign.title} has no ${what} yet`,
    `see what it waits for with "patchsteward campaign explain ${campaign.id}"`,
  );
}

/** Names for the ids in work orders; the server's word, and shown as such. */
export function namesOf({ scope }: Campaign): ReadonlyMap<string, string> {
  return new Map(scope.map(({ id, name }) => [id, name]));
}
