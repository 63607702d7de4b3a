import { type CompiledPlan, compilePlan, type Interval, type PlanFacts } from '@patchsteward/core/plan';
import type { Policy } from '@patchsteward/core/policy';
import { HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import type { Member } from './fleet.ts';

const NIGHT_EVERY_MS = 3 * HOUR_MS;
const NIGHT_MS = 2 * HOUR_MS;
/** What the default policy takes for a proof. */
const RING_HOSTS = 3;

/** The product's own planner over the hosts that still have something to do; null: nobody can be planned. */
export function planFor(
  members: readonly Member[],
  {
    windowsMs,
    ...given
  }: Pick<PlanFacts, 'campaign' | 'requester' | 'lane' | 'now' | 'due'> & {
    readonly policy: Policy;
    readonly windowsMs: number;
  },
): CompiledPlan | null {
  const pairs = [...new Map(members.flatMap(pairsOf).map((pair) => [`${pair.name} ${pair.from}`, pair])).values()];
  const plan = compilePlan({
    ...given,
    kind: 'production',
    notBefore: given.now,
    assets: members.map(({ planned }) => planned),
    windows: {
      always: [{ from: given.now - HOUR_MS, until: given.now + windowsMs }],
      nightly: nights(given.now, windowsMs),
    },
    proven: pairs.map((pair) => ({ ...pair, tried: RING_HOSTS, verified: RING_HOSTS, rehearsed: true })),
    acceptedUntested: [],
  });
  return plan.kind === 'compiled' ? plan : null;
}

function pairsOf({ planned: { transaction, scope } }: Member) {
  return (transaction?.changes ?? []).map(({ name, architecture, from, to }) => ({
    ...{ name, architecture, from, to, scope },
  }));
}

function nights(now: Instant, windowsMs: number): Interval[] {
  return Array.from({ length: Math.floor(windowsMs / NIGHT_EVERY_MS) }, (_, index) => {
    const from = now + index * NIGHT_EVERY_MS + HOUR_MS;
    return { from, until: from + NIGHT_MS };
  });
}
