import { type PlanBody, type PlanLeaf, summarize } from '@patchsteward/core/plan';
import { CRITICALITIES, type Criticality } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '../canonical-json.ts';
import { decodePlanLeaf } from './leaf-codec.ts';
import { leavesRootOf } from './leaf-tree.ts';

/** What of a plan is not what its work orders say. A plan with any is never signed. */
export interface PlanFact {
  readonly kind:
    | 'leaf-unreadable'
    | 'leaves-not-sorted'
    | 'leaf-count-wrong'
    | 'leaves-root-wrong'
    | 'summary-wrong'
    | 'criticality-understated'
    | 'waves-wrong'
    | 'backup-missing'
    | 'change-backwards'
    | 'intervals-overlap';
  readonly detail: string;
}

/** What is known of the assets beside the plan, by whoever checks; an asset that is not known is taken as critical. */
export interface KnownAssets {
  readonly criticalityOf: (assetId: string) => Criticality | undefined;
  /** Redundancy groups: members are never worked on at the same time. // decided 20 */
  readonly groups: readonly { readonly name: string; readonly members: readonly string[] }[];
}

/** Derives everything again from the bytes of the work orders; a signer believes nothing else. // rollout §3.4 */
export function checkPlanAgainstLeaves(
  plan: PlanBody,
  bytes: readonly Uint8Array[],
  known: KnownAssets | null,
): readonly PlanFact[] {
  const leaves: PlanLeaf[] = [];
  for (const [index, each] of bytes.entries()) {
    const read = decodePlanLeaf(each);
    if (!read.ok) return [{ kind: 'leaf-unreadable', detail: `leaf ${index}: ${read.refusal.detail}` }];
    leaves.push(read.value);
  }
  return [
    ...checkTree(plan, leaves, bytes),
    ...checkSummary(plan, leaves),
    ...checkWaves(plan, leaves),
    ...leaves.flatMap((leaf) => checkLeaf(plan, leaf)),
    ...(known === null ? [] : [...checkCriticality(plan, leaves, known), ...checkGroups(leaves, known)]),
  ];
}

function checkTree(plan: PlanBody, leaves: readonly PlanLeaf[], bytes: readonly Uint8Array[]): readonly PlanFact[] {
  const unsorted = leaves.find(({ assetId }, index) => assetId <= (leaves[index - 1]?.assetId ?? ''));
  return facts(
    [unsorted !== undefined, 'leaves-not-sorted', unsorted?.assetId ?? ''],
    [plan.leafCount !== bytes.length, 'leaf-count-wrong', `${plan.leafCount} signed, ${bytes.length} here`],
    [leavesRootOf(bytes) !== plan.leavesRoot, 'leaves-root-wrong', plan.leavesRoot],
  );
}

function checkSummary(plan: PlanBody, leaves: readonly PlanLeaf[]): readonly PlanFact[] {
  if (leaves.length === 0) return [];
  const wrong = canonicalJson(summarize(leaves)) !== canonicalJson(plan.summary);
  return facts([wrong, 'summary-wrong', 'the summary is not what the work orders do']);
}

/** A test is wave 0; production counts its waves from 1 without a gap. // decided 14 */
function checkWaves(plan: PlanBody, leaves: readonly PlanLeaf[]): readonly PlanFact[] {
  const first = plan.kind === 'production' ? 1 : 0;
  const waves = [...new Set(leaves.map(({ wave }) => wave))].sort((a, b) => a - b);
  const wrong = plan.kind === 'test' ? waves.some((wave) => wave !== 0) : waves.some((wave, at) => wave !== at + first);
  // A way back may concern any of the waves.
  return plan.kind === 'rollback' ? [] : facts([wrong, 'waves-wrong', waves.join(', ')]);
}

function checkLeaf({ kind }: PlanBody, { assetId, backup, changes }: PlanLeaf): readonly PlanFact[] {
  return facts(
    [kind === 'production' && backup.kind === 'not-needed', 'backup-missing', assetId],
    [kind !== 'rollback' && changes.some(({ to }) => to === null), 'change-backwards', assetId],
  );
}

function checkCriticality(plan: PlanBody, leaves: readonly PlanLeaf[], known: KnownAssets): readonly PlanFact[] {
  const rank = (criticality: Criticality | undefined) => CRITICALITIES.indexOf(criticality ?? 'critical');
  const above = leaves.find(({ assetId }) => rank(known.criticalityOf(assetId)) > rank(plan.criticality));
  return facts([above !== undefined, 'criticality-understated', above?.assetId ?? '']);
}

function checkGroups(leaves: readonly PlanLeaf[], { groups }: KnownAssets): readonly PlanFact[] {
  const byAsset = new Map(leaves.map((leaf) => [leaf.assetId, leaf]));
  return groups.flatMap(({ name, members }) => {
    const spans = members
      .flatMap((assetId) => byAsset.get(assetId)?.intervals.map((interval) => ({ assetId, ...interval })) ?? [])
      .sort((a, b) => a.from - b.from);
    let latest = spans[0];
    for (const span of spans.slice(1)) {
      if (latest !== undefined && latest.assetId !== span.assetId && span.from < latest.until) {
        return facts([true, 'intervals-overlap', `${name}: ${latest.assetId} and ${span.assetId}`]);
      }
      if (latest === undefined || span.until > latest.until) latest = span;
    }
    return [];
  });
}

function facts(...checks: readonly (readonly [boolean, PlanFact['kind'], string])[]): readonly PlanFact[] {
  return checks.filter(([wrong]) => wrong).map(([, kind, detail]) => ({ kind, detail }));
}
