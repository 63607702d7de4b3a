import { type CompiledPlan, compilePlan, type Interval, type PlanFacts } from '@patchsteward/core/plan';
import type { Policy } from '@patchsteward/core/policy';
import { DAY_MS, HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import type { Member } from './fleet.ts';

const NIGHT_EVERY_MS = 3 * HOUR_MS;
const NIGHT_MS = 2 * HOUR_MS;
const DAYS = 2;

/** The product's own planner over the hosts that still have something to do; null: nobody can be planned. */
export function planFor(
  members: readonly Member[],
  given: Pick<PlanFacts, 'campaign' | 'requester' | 'now' | 'due'> & { readonly policy: Policy },
): CompiledPlan | null {
  const pairs = [...new Map(members.flatMap(pairsOf).map((pair) => [`${pair.name} ${pair.from}`, pair])).values()];
  const plan = compilePlan({
    ...given,
    kind: 'production',
    lane: 'critical',
    notBefore: given.now,
    assets: members.map(({ planned }) => planned),
    windows: { always: [{ from: given.now - HOUR_MS, until: given.now + DAYS * DAY_MS }], nightly: nights(given.now) },
    proven: pairs.map((pair) => ({ ...pair, tried: 3, verified: 3, rehearsed: true })),
    acceptedUntested: [],
  });
  return plan.kind === 'compiled' ? plan : null;
}

function pairsOf({ planned: { transaction, scope } }: Member) {
  return (transaction?.changes ?? []).map(({ name, architecture, from, to }) => ({
    ...{ name, architecture, from, to, scope },
  }));
}

function nights(now: Instant): Interval[] {
  return Array.from({ length: (DAYS * DAY_MS) / NIGHT_EVERY_MS }, (_, index) => {
    const from = now + index * NIGHT_EVERY_MS + HOUR_MS;
    return { from, until: from + NIGHT_MS };
  });
}
