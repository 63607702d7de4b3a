import { DAY_MS, type Instant, type Reason, reasonOf } from '../vocabulary/index.ts';
import type { PlanAsset, PlanFacts } from './facts.ts';
import { type Interval, merged, within } from './interval.ts';

export type Windowed = Pick<PlanAsset, 'assetId' | 'expectedMs' | 'maintenanceGroup' | 'extraordinary'>;

/** What it takes to know when hosts may start. */
export type StartFacts = Pick<PlanFacts, 'kind' | 'lane' | 'due' | 'now' | 'notBefore' | 'policy' | 'windows'>;

export function expectedOf(
  { expectedMs }: Pick<PlanAsset, 'expectedMs'>,
  { policy }: Pick<PlanFacts, 'policy'>,
): number {
  return expectedMs ?? policy.schedule.expectedDurationMs;
}

/** What a start must leave of its window. */
export function neededMs(asset: Pick<PlanAsset, 'expectedMs'>, facts: Pick<PlanFacts, 'policy' | 'lane'>): number {
  return expectedOf(asset, facts) + facts.policy.lanes[facts.lane].startReserveMs;
}

/** The first start that may be: after the notice, and after the cooling-off. A test needs neither. // SOP P6.2 */
export function earliestStart({ kind, now, notBefore, policy, lane }: Omit<StartFacts, 'windows'>): Instant {
  return kind === 'test' ? now : Math.max(now + policy.lanes[lane].noticeMs, notBefore);
}

/** Signatures end so long after the last span: a host that was late in it may finish. // decided 20 */
export const AUTHORITY_TAIL_MS = DAY_MS;

/** When signatures under the plan end at the latest, whatever its windows are. */
export function authorityEnd({ kind, now, due, policy, lane }: Omit<StartFacts, 'windows'>): Instant {
  const { authority, testStartMs } = policy.lanes[lane];
  if (kind === 'test') return now + testStartMs + AUTHORITY_TAIL_MS;
  return (authority.from === 'due' ? Math.max(due, now) : now) + authority.forMs;
}

/** The spans in which an asset may start, or why there is none. */
export function startsOf(
  asset: Windowed,
  facts: StartFacts,
): { readonly starts: Interval[]; readonly missing: Reason[] } {
  // A host that holds nothing need not wait for the night. // decided 14
  if (facts.kind === 'test') {
    const { testStartMs } = facts.policy.lanes[facts.lane];
    return { starts: [{ from: facts.now, until: facts.now + testStartMs }], missing: [] };
  }
  const { guardMs, startSpanMinMs } = facts.policy.schedule;
  const own = asset.maintenanceGroup === null ? [] : (facts.windows[asset.maintenanceGroup] ?? []);
  const windows = merged([...own, ...asset.extraordinary]);
  if (windows.length === 0) return { starts: [], missing: [reasonOf('no-maintenance-window', asset.assetId)] };

  const needed = neededMs(asset, facts);
  const possible = longEnough(
    windows.map(({ from, until }) => ({ from: from + guardMs, until: until - guardMs - needed })),
    startSpanMinMs,
  );
  if (possible.length === 0) return { starts: [], missing: [reasonOf('window-too-short', asset.assetId)] };
  const span = { from: earliestStart(facts), until: authorityEnd(facts) - needed };
  const starts = longEnough(within(possible, span), startSpanMinMs);
  return { starts, missing: starts.length > 0 ? [] : [reasonOf('no-window-in-time', asset.assetId)] };
}

export function longEnough(spans: readonly Interval[], spanMinMs: number): Interval[] {
  return spans.filter(({ from, until }) => until - from >= spanMinMs);
}
