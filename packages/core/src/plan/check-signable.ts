import { CRITICALITIES, type Instant } from '../vocabulary/index.ts';
import { checkSpans } from './check-times.ts';
import { checkWaveShape } from './check-waves.ts';
import type { PlanAsset, PlanFacts } from './facts.ts';
import type { PlanLeaf } from './leaf.ts';
import type { PlanBody } from './plan.ts';
import { faults, type PlanFault } from './plan-fault.ts';

/** What somebody who is to sign knows of the hosts, without believing whoever compiled the plan. */
export interface SignableFacts extends Pick<PlanFacts, 'policy' | 'windows'> {
  readonly assets: readonly SignableAsset[];
  /** null: the due time is another one than the plan was made for. */
  readonly due: Instant | null;
}
type SignableAsset = Pick<
  PlanAsset,
  'assetId' | 'criticality' | 'environment' | 'extraordinary' | 'maintenanceGroup' | 'redundancyGroups'
>;
interface Signable {
  readonly body: Pick<PlanBody, 'criticality' | 'lane' | 'notAfter'>;
  readonly leaves: readonly PlanLeaf[];
}

/**
 * Reads the work orders of a production plan as its signer can: each host once and in scope, in its windows without its
 * freezes, apart from those that stand for it, in waves that wait for each other, the critical ones first. What the ring
 * proved and what was backed up is named by hash in the plan, and not known here. // rollout-and-trust §3.4
 */
export function checkSignable({ body, leaves }: Signable, { due, ...known }: SignableFacts): PlanFault[] {
  // What the like took is measured nowhere yet: the policy's figure counts on both sides.
  const assets = known.assets.map((asset) => ({ ...asset, expectedMs: null }));
  const facts = { ...known, assets, kind: 'production', lane: body.lane } as const;
  return [
    ...checkHosts({ body, leaves }, known.assets),
    ...checkSpans({ body, leaves }, facts),
    ...checkWaveShape(leaves, facts),
    ...(due === null ? [] : checkOrder(leaves, { ...known, due })),
  ];
}

function checkHosts({ body, leaves }: Signable, assets: readonly SignableAsset[]): PlanFault[] {
  const known = new Map(assets.map((asset) => [asset.assetId, asset]));
  const ids = leaves.map(({ assetId }) => assetId);
  const levels = ids.map((id) => known.get(id)?.criticality);
  const highest = CRITICALITIES.findLast((level) => levels.includes(level));
  return [
    ...faults(
      'asset-twice',
      ids.filter((id, index) => ids.indexOf(id) !== index),
    ),
    ...faults(
      'asset-not-in-scope',
      ids.filter((id) => !known.has(id)),
    ),
    ...faults(
      'ring-mixed',
      ids.filter((id) => known.get(id)?.environment === 'non-production'),
    ),
    ...faults('criticality-wrong', highest === undefined || body.criticality === highest ? [] : [body.criticality]),
  ];
}

/**
 * A host that starts in time does not come after a less critical one; where it starts too late, its windows may be the
 * cause, and it must not keep the others waiting. // SOP checklist c15
 */
function checkOrder(
  leaves: readonly PlanLeaf[],
  { assets, due, policy }: Pick<SignableFacts, 'assets' | 'policy'> & { readonly due: Instant },
): PlanFault[] {
  const levels = new Map(assets.map(({ assetId, criticality }) => [assetId, CRITICALITIES.indexOf(criticality)]));
  const lowest = new Map<number, number>();
  for (const { assetId, wave } of leaves) {
    lowest.set(wave, Math.min(lowest.get(wave) ?? Number.POSITIVE_INFINITY, levels.get(assetId) ?? 0));
  }
  const overtaken = leaves.filter(({ assetId, intervals, wave }) => {
    const start = intervals[0]?.from ?? Number.POSITIVE_INFINITY;
    if (start + policy.schedule.expectedDurationMs > due) return false;
    return [...lowest].some(([earlier, level]) => earlier < wave && level < (levels.get(assetId) ?? 0));
  });
  return faults(
    'wave-out-of-order',
    overtaken.map(({ assetId }) => assetId),
  );
}
