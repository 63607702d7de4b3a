import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, type Reason, reasonOf } from '../vocabulary/index.ts';
import type { Interval } from './interval.ts';
import {
  authorityEnd,
  earliestStart,
  expectedOf,
  neededMs,
  type StartFacts,
  startsOf,
  type Windowed,
} from './starts.ts';
import { startOfWindow, type ZoneTable } from './zone-clock.ts';

/** Whether an asset can be done before it is due, in the windows it has. */
export interface Feasibility {
  readonly assetId: string;
  readonly isInTime: boolean;
  /** The first span in which it may start; null: there is none at all. */
  readonly first: Interval | null;
  readonly reasons: readonly Reason[];
  /** A time beside its windows that would do; null: it is in time, or no time is left. */
  readonly extraordinary: Interval | null;
}

/** At night the least is lost where nobody has measured the load. */
const NIGHT_ENDS_MS = 6 * HOUR_MS;
/** Nobody agrees to a window of a few minutes. */
const START_SPAN_MS = HOUR_MS;
/** Times that people can say to each other. */
const STEP_MS = 15 * MINUTE_MS;

/**
 * Said when a campaign begins, and not only when it is late: which assets have no window before they are due, and what
 * time beside their windows would do. // SOP S1, rollout-and-trust §4
 */
export function feasibilityOf(asset: Windowed, facts: StartFacts, table: ZoneTable): Feasibility {
  const { starts, missing } = startsOf(asset, facts);
  const [first] = starts;
  const { assetId } = asset;
  if (first !== undefined && first.from + expectedOf(asset, facts) <= facts.due) {
    return { assetId, isInTime: true, first, reasons: [], extraordinary: null };
  }
  return {
    assetId,
    isInTime: false,
    first: first ?? null,
    reasons: first === undefined ? missing : [reasonOf('no-window-before-due', assetId, facts.due)],
    extraordinary: extraordinaryFor(asset, facts, table),
  };
}

/** The first night in which it could be done, or else the first time at all. */
function extraordinaryFor(asset: Windowed, facts: StartFacts, table: ZoneTable): Interval | null {
  const { guardMs, startSpanMinMs } = facts.policy.schedule;
  const lengthMs = 2 * guardMs + neededMs(asset, facts) + Math.max(startSpanMinMs, START_SPAN_MS);
  const earliest = Math.ceil((earliestStart(facts) - guardMs) / STEP_MS) * STEP_MS;
  const latest = Math.min(
    facts.due - expectedOf(asset, facts) - guardMs,
    authorityEnd(facts) - neededMs(asset, facts) - startSpanMinMs - guardMs,
  );
  const from = nightsBetween(earliest, latest, table)[0] ?? earliest;
  return from > latest ? null : { from, until: Math.ceil((from + lengthMs) / STEP_MS) * STEP_MS };
}

/** When nights begin there, or the rest of one that has begun. */
function nightsBetween(earliest: Instant, latest: Instant, table: ZoneTable): Instant[] {
  const nights: Instant[] = [];
  for (let day = Math.floor(earliest / DAY_MS) - 1; day <= Math.ceil(latest / DAY_MS) + 1; day += 1) {
    const begins = Math.max(startOfWindow(day * DAY_MS, table), earliest);
    const isNight = begins < startOfWindow(day * DAY_MS + NIGHT_ENDS_MS, table);
    if (isNight && begins <= latest) nights.push(begins);
  }
  return nights;
}
