import type { Precision } from '../1-identification/index.ts';
import type { Policy } from '../policy/index.ts';
import { type AssetFacts, DAY_MS, type Instant, type ReasonCode } from '../vocabulary/index.ts';
import type { FindingFacts } from './facts.ts';

/** When the vendor released the fix, and from when the time runs. // SOP S1: within 48 hours of release */
export interface Clock {
  readonly releasedAt: Instant;
  readonly releasedPrecision: Precision;
  readonly releasedFrom: 'advisory' | 'index' | 'first-seen';
  /** When this installation first could have known, of this asset and this advisory. */
  readonly firstSeen: Instant;
  readonly kind: 'release' | 'backlog';
  /** What lanes count from. */
  readonly start: Instant;
  readonly reasons: readonly ReasonCode[];
}

/** A day's date in a zone east of here lies this far ahead; a release beyond it is a mistake or a lie. */
const AHEAD_MS_MAX = DAY_MS;

/**
 * T0 is the earliest of the first signed index that lists the fix and the advisory's time. Where the asset joined us
 * after it, or the advisory was older than our usual delay when we first saw it, T0 is kept and shown, but the time
 * runs from first sight: the first day is no wall of red, and nothing is hidden.
 */
export function clockOf(finding: FindingFacts, asset: AssetFacts, policy: Policy, now: Instant): Clock {
  const firstSeen = Math.max(asset.firstSeen, finding.advisorySeen);
  const dated = datesOf(finding);
  const possible = dated.filter(({ at }) => at <= now + AHEAD_MS_MAX);
  const release = possible.reduce<Dated | null>((first, date) => (first && first.at <= date.at ? first : date), null);
  const reasons: ReasonCode[] = possible.length < dated.length ? ['released-in-future'] : [];
  if (release === null) {
    if (finding.fixed !== null && dated.length === 0) reasons.push('release-date-unknown');
    const unknown = { releasedAt: firstSeen, releasedPrecision: 'time', releasedFrom: 'first-seen' } as const;
    return { ...unknown, firstSeen, kind: 'release', start: firstSeen, reasons };
  }

  if (release.precision === 'day') reasons.push('released-without-time');
  const lag = finding.advisorySeen - release.at;
  const backlog = asset.firstSeen > release.at || lag > policy.identificationLagMs;
  if (backlog) reasons.push('backlog');
  return {
    releasedAt: release.at,
    releasedPrecision: release.precision,
    releasedFrom: release.from,
    firstSeen,
    kind: backlog ? 'backlog' : 'release',
    start: backlog ? firstSeen : release.at,
    reasons,
  };
}

interface Dated {
  readonly at: Instant;
  readonly precision: Precision;
  readonly from: 'advisory' | 'index';
}

function datesOf({ fixed, advisoryAt, advisoryPrecision, indexAt }: FindingFacts): Dated[] {
  // Without a fix nothing was released, whatever the date of the warning.
  if (fixed === null) return [];
  const dated: Dated[] = [];
  if (indexAt !== null) dated.push({ at: indexAt, precision: 'time', from: 'index' });
  if (advisoryAt !== null) dated.push({ at: advisoryAt, precision: advisoryPrecision, from: 'advisory' });
  return dated;
}
