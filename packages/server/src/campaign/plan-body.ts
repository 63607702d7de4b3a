import type { CampaignPlan, PlannedHost, ReasonBody } from '@patchsteward/contract';
import { type CampaignState, productionOf } from '@patchsteward/core/campaign';
import { type PlanKind, type PlanLeaf, summarize } from '@patchsteward/core/plan';
import { type Instant, isProduction, type Reason, type ScopedAsset } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../platform/http/reason-body.ts';

interface PlanFactsShown {
  readonly state: CampaignState;
  readonly plan: {
    readonly plan: string;
    readonly kind: PlanKind;
    readonly compiledAt: Instant;
    readonly notAfter: Instant;
  };
  readonly leaves: readonly PlanLeaf[];
  /** Zone of each maintenance group. */
  readonly zones: Readonly<Record<string, string>>;
  /** What the planner said of those that it left out. */
  readonly leftOut: readonly { readonly assetId: string; readonly reasons: readonly Reason[] }[];
}

/** A plan told from its work orders alone, wave by wave. */
export function planBody(facts: PlanFactsShown): CampaignPlan {
  const { plan, leaves } = facts;
  const { waves: _, firstStart, lastEnd, packages, ...summary } = summarize(leaves);
  return {
    ...plan,
    compiledAt: timeOf(plan.compiledAt),
    notAfter: timeOf(plan.notAfter),
    ...summary,
    packages: packages.map((step) => ({ ...step })),
    firstStart: timeOf(firstStart),
    lastEnd: timeOf(lastEnd),
    waves: wavesOf(facts),
    leftOut: leftOutOf(facts),
  };
}

function wavesOf(facts: PlanFactsShown): CampaignPlan['waves'] {
  const { state, plan, leaves } = facts;
  const late = new Set(plan.kind === 'production' ? state.plan?.infeasible : []);
  const assets = new Map(state.assets.map((asset) => [asset.assetId, asset]));
  const byWave = Map.groupBy(leaves, ({ wave }) => wave);
  return [...byWave]
    .sort(([one], [other]) => one - other)
    .map(([wave, members]) => {
      const spans = members.flatMap(({ intervals }) => intervals);
      const opened = plan.kind === 'production' ? state.waves.find((one) => one.wave === wave) : undefined;
      return {
        wave,
        opensAt: timeOf(Math.min(...spans.map(({ from }) => from))),
        endsAt: timeOf(Math.max(...spans.map(({ until }) => until))),
        openedAt: opened === undefined ? null : timeOf(opened.openedAt),
        closedAt: opened === undefined || opened.closed === null ? null : timeOf(opened.closed.at),
        hosts: members
          .map((leaf) => hostOf(leaf, assets.get(leaf.assetId), facts.zones, late))
          .sort((one, other) => (one.asset < other.asset ? -1 : 1)),
      };
    });
}

function hostOf(
  leaf: PlanLeaf,
  asset: ScopedAsset | undefined,
  zones: Readonly<Record<string, string>>,
  late: ReadonlySet<string>,
): PlannedHost {
  const { assetId, intervals, changes, restarts, reboot, backup, rollback } = leaf;
  const group = asset?.maintenanceGroup ?? null;
  return {
    assetId,
    asset: asset?.name ?? assetId,
    criticality: asset?.criticality ?? 'unknown',
    owner: asset?.owner ?? null,
    maintenanceGroup: group,
    zone: group === null ? null : (zones[group] ?? null),
    intervals: intervals.map(({ from, until }) => ({ from: timeOf(from), until: timeOf(until) })),
    changes: changes.map(({ name, architecture, from, to }) => ({ name, architecture, from, to })),
    restarts: [...restarts],
    reboot,
    backup: backup.kind,
    withoutWayBack: rollback.kind === 'none' ? rollback.why : null,
    late: late.has(assetId),
    ...('executor' in leaf ? { byHand: { person: leaf.person, checklist: [...leaf.checklist] } } : {}),
  };
}

/** Everybody in scope whom this plan does not reach, with what the planner said where it said something. */
function leftOutOf({ state, plan, leaves, leftOut }: PlanFactsShown): CampaignPlan['leftOut'] {
  if (plan.kind === 'rollback') return [];
  const reached = new Set(leaves.map(({ assetId }) => assetId));
  const said = new Map(leftOut.map(({ assetId, reasons }) => [assetId, reasons]));
  const wanted = plan.kind === 'test' ? state.assets.filter((asset) => !isProduction(asset)) : productionOf(state);
  return wanted
    .filter(({ assetId }) => !reached.has(assetId))
    .map(({ assetId, name }) => ({
      assetId,
      asset: name,
      reasons: (said.get(assetId) ?? []).map((reason) => named(reason, state)),
    }));
}

function named(reason: Reason, { assets }: CampaignState): ReasonBody {
  const asset = assets.find(({ assetId }) => assetId === reason.subject);
  return reasonBody(asset === undefined ? reason : { ...reason, subject: asset.name });
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
