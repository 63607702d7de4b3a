import type { CampaignState } from '@patchsteward/core/campaign';
import type { PlanLeaf } from '@patchsteward/core/plan';
import { type Hash, type Instant, type Reason, reasonOf } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '@patchsteward/trust';
import { type AssetAuthenticity, askProposals, prepareTesting } from '../../3-testing/index.ts';
import { plainJson } from '../../platform/column-types.ts';
import type { Tx } from '../../platform/database.ts';
import { closedWindows } from './closed-windows.ts';
import { type ReportedHost, readHosts, targetsOf, wantedOf } from './hosts.ts';
import { readPlanLeaves } from './jobs.ts';
import type { Move } from './look.ts';

/**
 * Whether a plan still says what its hosts would do. A host whose packages changed is asked again; another transaction
 * than the signed one is a drift, and what people signed is not what would happen. So it is with windows that moved.
 * // decided 16, rollout-and-trust §2.7
 */
export async function readStaleness(tx: Tx, state: CampaignState, plan: Hash, now: Instant): Promise<Move | null> {
  const leaves = await readPlanLeaves(tx, plan);
  const planned = state.assets.filter(({ assetId }) => leaves.some((leaf) => leaf.assetId === assetId));
  const hosts = await readHosts(tx, planned);
  const wanted = wantedOf(hosts, state.updates);
  await askProposals(tx, wanted, now);
  const answers = new Map((await prepareTesting(tx, wanted)).map((answer) => [answer.assetId, answer]));
  const drifted = leaves.filter((leaf) => {
    const host = hosts.find(({ asset }) => asset.assetId === leaf.assetId);
    return (
      host !== undefined && hasDrifted(leaf, host, targetsOf(host, state.updates).length, answers.get(leaf.assetId))
    );
  });
  const names = new Map(planned.map(({ assetId, name }) => [assetId, name]));
  const reasons: Reason[] = [
    ...drifted.map(({ assetId }) => reasonOf('drift', names.get(assetId) ?? assetId)),
    ...(await closedWindows(tx, state, leaves, now)),
  ];
  if (reasons.length === 0) return null;
  return { verdict: { kind: 'wait', waitingOn: reasons }, event: { kind: 'plan.stale', reasons } };
}

/** An answer that is awaited says nothing yet; nothing left to do says that somebody did it. */
function hasDrifted(
  leaf: PlanLeaf,
  { packages }: ReportedHost,
  todo: number,
  answer: AssetAuthenticity | undefined,
): boolean {
  if (todo === 0) return true;
  if (answer?.kind === 'verified') {
    return canonicalJson(plainJson(answer.transaction.changes)) !== canonicalJson(plainJson(leaf.changes));
  }
  return leaf.changes.some(({ name, architecture, from }) => {
    const found = packages.packages.find((one) => one.name === name && one.architecture === architecture);
    return (found?.version ?? null) !== from;
  });
}
