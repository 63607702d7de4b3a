import { type Claim, type ClaimStatus, rangesOfEvents } from '@patchsteward/core/1-identification';
import type { VersionOrder } from '@patchsteward/core/versions';
import type { OsvPlace } from './dialect.ts';
import type { OsvAffected } from './schema.ts';

/** Types of ranges whose events are versions; `GIT` has commits. // OSV affected[].ranges[].type */
const VERSION_RANGES = new Set(['ECOSYSTEM', 'SEMVER']);

/** `99.999.99999`: "fixed" in a version that never comes means that there is no fix. */
const SENTINEL = /^9{2,}(?:\.9{2,}){2,}$/;

type RangeEvents = NonNullable<OsvAffected['ranges']>[number]['events'];

/** What an entry says of its package; a text where it says nothing that can be judged. */
export function statementOf(
  { ranges, versions, ecosystem_specific }: OsvAffected,
  { order, hasOddVersions }: Pick<OsvPlace, 'order' | 'hasOddVersions'>,
): Pick<Claim, 'status' | 'ranges' | 'versions'> | string {
  const events = (ranges ?? [])
    .filter(({ type }) => VERSION_RANGES.has(type))
    .map((range) => range.events.filter(({ fixed }) => fixed === undefined || !SENTINEL.test(fixed)));
  const listed = (versions ?? []).filter((version) => !hasOddVersions || order.isValid(version));
  if (events.length === 0 && listed.length === 0) return 'it names neither a range nor versions';
  if (events.some((turns) => !turns.some(({ introduced }) => introduced !== undefined))) {
    return 'it has a range that begins nowhere';
  }
  const impossible = [...events.flatMap(versionsOfEvents), ...listed].find((version) => !order.isValid(version));
  if (impossible !== undefined) return `${impossible} is no version`;

  const intervals = events.flatMap((turns) => rangesOfEvents(turns, order));
  return {
    status: statusOf(ecosystem_specific?.urgency),
    ranges: intervals,
    // The export spells out the versions of each range; only those beyond the ranges say anything new.
    versions: intervals.length === 0 ? listed : listed.filter((version) => !isCovered(version, intervals, order)),
  };
}

function versionsOfEvents(events: RangeEvents): string[] {
  return events
    .flatMap(({ introduced, fixed, last_affected }) => [
      introduced === '0' ? undefined : introduced,
      fixed,
      last_affected,
    ])
    .filter((version) => version !== undefined);
}

function isCovered(version: string, ranges: Claim['ranges'], order: VersionOrder): boolean {
  return ranges.some(
    ({ introduced, fixed, lastAffected }) =>
      (introduced === null || order.compare(version, introduced) >= 0) &&
      (fixed === null || order.compare(version, fixed) < 0) &&
      (lastAffected === null || order.compare(version, lastAffected) <= 0),
  );
}

/** // Debian security tracker, severity levels: `unimportant` is no security issue in Debian's binary packages. */
function statusOf(urgency: string | undefined): ClaimStatus {
  if (urgency === 'unimportant') return 'not_affected';
  return urgency === 'end-of-life' ? 'end_of_life' : 'affected';
}
