import type { VersionRange } from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';

/** A build of an rpm in which something is fixed. */
export interface FixedBuild {
  readonly version: string;
  /** null: not said. */
  readonly architecture: string | null;
}

/** What is affected before those builds, on which architectures; null: on all that there are. */
export interface FixedRanges {
  readonly architectures: readonly string[] | null;
  readonly ranges: readonly VersionRange[];
}

/**
 * Architectures whose builds are the same stand together. Rarely one is built again alone (ELSA-2022-4803 on aarch64),
 * and then its fix is no fix for the others.
 */
export function fixedRangesOf(builds: readonly FixedBuild[]): FixedRanges[] {
  const byArchitecture = Map.groupBy(builds, ({ architecture }) => architecture);
  const alike = Map.groupBy(byArchitecture, ([, group]) => JSON.stringify(distinct(group)));
  return [...alike.values()].map((group) => ({
    architectures:
      alike.size === 1 ? null : group.flatMap(([architecture]) => (architecture === null ? [] : [architecture])).sort(),
    ranges: rangesOfFixes(distinct(group.flatMap(([, members]) => members))),
  }));
}

function distinct(builds: readonly FixedBuild[]): string[] {
  return [...new Set(builds.map(({ version }) => version))].sort(VERSION_ORDERS.rpm.compare);
}

/**
 * Below the lowest fix everything is affected. A later fix of another upstream version belongs to a line that was opened
 * meanwhile: `< 3.9.18-3.el9_4.5, or from 3.9.19 and < 3.9.19-8.el9`. Of one upstream version the lowest fix is the
 * fix: releases count on from it.
 */
function rangesOfFixes(fixes: readonly string[]): VersionRange[] {
  const ranges: VersionRange[] = [];
  let upstream: string | null = null;
  for (const fixed of fixes) {
    const own = fixed.slice(0, fixed.lastIndexOf('-'));
    if (own !== upstream) ranges.push({ introduced: upstream === null ? null : own, fixed, lastAffected: null });
    upstream = own;
  }
  return ranges;
}
