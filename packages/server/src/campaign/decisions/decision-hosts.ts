import type { Decision, DecisionHost } from '@patchsteward/contract';
import { productionOf } from '@patchsteward/core/campaign';
import type { PlanLeaf } from '@patchsteward/core/plan';
import { CRITICALITIES, type Instant, speaksFor } from '@patchsteward/core/vocabulary';
import type { DecisionFacts } from './decision-facts.ts';

/** Where a group has no zone of its own, its windows are in UTC. */
const NO_ZONE = 'UTC';

/** Hosts whose work orders change the same packages, the most common first. */
export function transactionsOf(facts: DecisionFacts): Decision['transactions'] {
  return groupsOf(facts).map((leaves) => ({ hosts: leaves.length, changes: changesOf(leaves[0]) }));
}

function changesOf(leaf: PlanLeaf | undefined): Decision['transactions'][number]['changes'] {
  return (leaf?.changes ?? []).map(({ name, architecture, from, to }) => ({ name, architecture, from, to }));
}

function groupsOf({ leaves }: DecisionFacts): readonly (readonly PlanLeaf[])[] {
  const groups = Map.groupBy(leaves, (leaf) => JSON.stringify(changesOf(leaf)));
  return [...groups]
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([, all]) => all);
}

/** The most critical first, as they are patched; then by wave and name. // SOP checklist c15 */
export function hostsOf(facts: DecisionFacts): DecisionHost[] {
  const transactions = groupsOf(facts).flatMap((leaves, place) =>
    leaves.map(({ assetId }) => [assetId, place] as const),
  );
  const places = new Map(transactions);
  const hosts = facts.leaves.map((leaf) => hostOf(facts, leaf, places.get(leaf.assetId) ?? 0));
  const rank = ({ criticality }: DecisionHost) => -CRITICALITIES.indexOf(criticality);
  return hosts.sort((a, b) => rank(a) - rank(b) || a.wave - b.wave || (a.name < b.name ? -1 : 1));
}

function hostOf(facts: DecisionFacts, leaf: PlanLeaf, transaction: number): DecisionHost {
  const { state, zones, row } = facts;
  const { assetId, wave, intervals, restarts, reboot, rollback, rollbackGraceMs } = leaf;
  const asset = state.assets.find((one) => one.assetId === assetId);
  const agreement =
    asset === undefined || row.kind !== 'production'
      ? undefined
      : state.windows.find(({ signed, assets }) => assets.includes(assetId) && speaksFor(signed, asset));
  return {
    assetId,
    name: asset?.name ?? assetId,
    criticality: asset?.criticality ?? 'critical',
    environment: asset?.environment ?? 'unknown',
    owner: asset?.owner ?? null,
    maintenanceGroup: asset?.maintenanceGroup ?? null,
    redundancyGroups: [...(asset?.redundancyGroups ?? [])],
    wave,
    zone: zones[asset?.maintenanceGroup ?? ''] ?? NO_ZONE,
    spans: intervals.map(({ from, until }) => ({ from: timeOf(from), until: timeOf(until) })),
    transaction,
    restarts: [...restarts],
    mayReboot: reboot !== 'never',
    backup: backupOf(facts, leaf),
    wayBack:
      rollback.kind === 'none'
        ? { kind: 'none', why: rollback.why }
        : { kind: 'downgrade', aloneWithinMs: rollbackGraceMs },
    agreedBy: agreement?.signed.person ?? null,
  };
}

function backupOf({ proofs, waivers }: DecisionFacts, { backup }: PlanLeaf): DecisionHost['backup'] {
  if (backup.kind === 'not-needed') return { kind: 'not-needed' };
  if (backup.kind === 'waiver') {
    const waiver = waivers.get(backup.waiver);
    if (waiver === undefined) return { kind: 'unknown' };
    const { person, why, expiresAt } = waiver;
    return { kind: 'waiver', person, why, expiresAt: timeOf(expiresAt) };
  }
  const proof = proofs.get(backup.proof);
  if (proof === undefined) return { kind: 'unknown' };
  const { takenAt, checkedAt, repository, bytes } = proof;
  const checked = checkedAt === null ? null : timeOf(checkedAt);
  return { kind: 'proof', takenAt: timeOf(takenAt), repository, bytes, checkedAt: checked };
}

/** Names of production hosts in scope that the plan does not reach in time, or at all. // SOP S1 */
export function leftOutOf({ state, row, leaves }: DecisionFacts): string[] {
  if (row.kind !== 'production' || row.plan !== state.plan?.hash) return [];
  const late = new Set(state.plan.infeasible);
  const reached = new Set(leaves.map(({ assetId }) => assetId));
  return productionOf(state)
    .filter(({ assetId }) => late.has(assetId) || !reached.has(assetId))
    .map(({ name }) => name)
    .sort();
}

export function wavesOf({ leaves }: DecisionFacts): Decision['waves'] {
  const waves = Map.groupBy(leaves, ({ wave }) => wave);
  return [...waves]
    .sort(([one], [other]) => one - other)
    .map(([wave, members]) => {
      const spans = members.flatMap(({ intervals }) => intervals);
      return {
        wave,
        hosts: members.length,
        from: timeOf(Math.min(...spans.map(({ from }) => from))),
        until: timeOf(Math.max(...spans.map(({ until }) => until))),
      };
    });
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
