import { DAY_MS, type Instant } from '../vocabulary/index.ts';
import type { CompiledPlan, PlanAsset, PlanFacts } from './facts.ts';
import type { PlanLeaf } from './leaf.ts';
import { faults, type PlanFault } from './plan-fault.ts';

/** What spans are read against: whoever signs knows no more, and needs no more. */
export type SpanFacts = Pick<PlanFacts, 'kind' | 'lane' | 'policy' | 'windows'> & {
  readonly assets: readonly Pick<
    PlanAsset,
    'assetId' | 'expectedMs' | 'extraordinary' | 'maintenanceGroup' | 'redundancyGroups'
  >[];
};
interface SpannedPlan {
  readonly body: Pick<CompiledPlan['body'], 'notAfter'>;
  readonly leaves: readonly PlanLeaf[];
}

interface Timed {
  readonly leaf: PlanLeaf;
  readonly asset: SpanFacts['assets'][number];
  /** What it takes. */
  readonly takesMs: number;
  /** What it takes, and the way back. */
  readonly downMs: number;
}

/** Starts lie in windows, after the notice, within the authority, and apart from those of fellows. */
export function checkTimes(plan: CompiledPlan, facts: PlanFacts): PlanFault[] {
  const timed = timedOf(plan, facts);
  const earliest = firstInstant(facts);
  return [
    ...checkSpans(plan, facts),
    ...faults(
      'start-too-early',
      timed.filter(({ leaf }) => leaf.intervals.some(({ from }) => from < earliest)).map(({ leaf }) => leaf.assetId),
    ),
    ...checkAuthority(plan, facts),
    ...checkLate(timed, plan, facts),
  ];
}

/** What holds of spans whenever they are looked at: nothing here asks when the plan was made. */
export function checkSpans(plan: SpannedPlan, facts: SpanFacts): PlanFault[] {
  const timed = timedOf(plan, facts);
  const broken = (holds: (one: Timed) => boolean) => timed.filter((one) => !holds(one)).map(({ leaf }) => leaf.assetId);
  const { sparesMax, startSpanMinMs } = facts.policy.schedule;
  return [
    ...faults(
      'no-interval',
      broken(({ leaf }) => leaf.intervals.length > 0),
    ),
    ...faults(
      'intervals-not-in-order',
      broken(({ leaf }) => areInOrder(leaf)),
    ),
    ...faults(
      'spares-too-many',
      broken(({ leaf }) => leaf.intervals.length <= 1 + sparesMax),
    ),
    ...faults(
      'span-too-short',
      broken(({ leaf }) => leaf.intervals.every(({ from, until }) => until - from >= startSpanMinMs)),
    ),
    ...faults(
      'start-outside-windows',
      broken((one) => facts.kind === 'test' || staysInWindows(one, facts)),
    ),
    ...faults(
      'start-after-authority',
      broken((one) => endsInTime(one, plan, facts)),
    ),
    ...checkFellows(timed, facts),
  ];
}

function timedOf({ leaves }: SpannedPlan, { assets, lane, policy }: SpanFacts): Timed[] {
  const known = new Map(assets.map((asset) => [asset.assetId, asset]));
  return leaves.flatMap((leaf) => {
    const asset = known.get(leaf.assetId);
    if (asset === undefined) return [];
    const takesMs = asset.expectedMs === null ? policy.schedule.expectedDurationMs : asset.expectedMs;
    return [{ leaf, asset, takesMs, downMs: takesMs + policy.lanes[lane].startReserveMs }];
  });
}

function firstInstant({ kind, lane, notBefore, now, policy }: PlanFacts): Instant {
  const afterNotice = now + policy.lanes[lane].noticeMs;
  if (kind === 'test') return now;
  return afterNotice > notBefore ? afterNotice : notBefore;
}

function areInOrder({ intervals }: PlanLeaf): boolean {
  return intervals.every(({ from }, index) => from >= (intervals[index - 1]?.until ?? 0));
}

/** From the guard before the first start to the guard after the last end, some window is open all the time. */
function staysInWindows({ leaf, asset, downMs }: Timed, { policy, windows }: SpanFacts): boolean {
  const { guardMs } = policy.schedule;
  const open = [...(windows[asset.maintenanceGroup ?? ''] ?? []), ...asset.extraordinary];
  return leaf.intervals.every(({ from, until }) => {
    const end = until + downMs + guardMs;
    let covered = from - guardMs;
    // Each round reaches the end of another window, so that there are no more rounds than windows.
    for (let round = 0; round <= open.length && covered < end; round += 1) {
      covered = Math.max(covered, ...open.filter((one) => one.from <= covered).map((one) => one.until));
    }
    return covered >= end && open.some((one) => one.from <= from - guardMs && from - guardMs < one.until);
  });
}

function endsInTime({ leaf, downMs }: Timed, { body }: SpannedPlan, { kind }: SpanFacts): boolean {
  // The ring has a day after its last start; production is done when its authority ends.
  const needed = kind === 'test' ? 0 : downMs;
  return leaf.intervals.every(({ until }) => until + needed <= body.notAfter || until + DAY_MS <= body.notAfter);
}

// decided 20
function checkAuthority({ body, leaves }: CompiledPlan, { due, kind, lane, now, policy }: PlanFacts): PlanFault[] {
  const { authority, testStartMs } = policy.lanes[lane];
  const last = leaves
    .flatMap(({ intervals }) => intervals.map(({ until }) => until))
    .reduce((a, b) => Math.max(a, b), 0);
  const begin = authority.from === 'due' && due > now ? due : now;
  const limit = kind === 'test' ? now + testStartMs + DAY_MS : begin + authority.forMs;
  return faults(
    'authority-wrong',
    body.notAfter > limit || body.notAfter > last + DAY_MS ? [String(body.notAfter)] : [],
  );
}

/** Of two members of a group one is back, with the guard between, before the other may start. */
function checkFellows(timed: readonly Timed[], { policy }: SpanFacts): PlanFault[] {
  const { guardMs } = policy.schedule;
  const members = Map.groupBy(
    timed.flatMap((one) => one.asset.redundancyGroups.map((group) => ({ group, ...one }))),
    ({ group }) => group,
  );
  const meeting = [...members.keys()].filter((group) => {
    const spans = (members.get(group) ?? [])
      .flatMap(({ leaf, downMs }) =>
        leaf.intervals.map(({ from, until }) => ({ assetId: leaf.assetId, from, back: until + downMs + guardMs })),
      )
      .sort((a, b) => a.from - b.from);
    return spans.some((span, index) =>
      spans.slice(index + 1).some((other) => other.assetId !== span.assetId && other.from < span.back),
    );
  });
  return faults('group-meets', meeting);
}

// SOP S1: named when the plan is made.
function checkLate(timed: readonly Timed[], { infeasible }: CompiledPlan, { due }: PlanFacts): PlanFault[] {
  const named = new Set(infeasible.map(({ subject }) => subject));
  const wrong = timed.filter(({ leaf, takesMs }) => {
    const isLate = (leaf.intervals[0]?.from ?? 0) + takesMs > due;
    return isLate !== named.has(leaf.assetId);
  });
  return faults(
    'late-not-named',
    wrong.map(({ leaf }) => leaf.assetId),
  );
}
