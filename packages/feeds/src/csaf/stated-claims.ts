import {
  type Claim,
  type ClaimStatus,
  hasProductLines,
  orderOfPackages,
  PRODUCT_SCOPE,
  type VersionRange,
} from '@patchsteward/core/1-identification';
import { fixedRangesOf } from '../rpm-fixes.ts';
import type { Place } from './place.ts';
import { unionOfRanges } from './union-of-ranges.ts';

/** What a document says of one vulnerability in one place. */
export interface Statement {
  readonly place: Place;
  readonly status: ClaimStatus;
  readonly because: Because;
}

/** Why a product is not affected, where its vendor says so. */
export type Because = Pick<Claim, 'justification' | 'impact'>;

type Stated = Pick<Claim, 'scope' | 'packageKind' | 'packageName' | 'status' | 'ranges' | 'versions'> &
  Pick<Claim, 'architectures'> &
  Because;

type Target = Pick<Claim, 'scope' | 'packageKind' | 'packageName'>;

/** The statements on one vulnerability as few claims: vendors repeat them for every repository and architecture. */
export function statedClaims(statements: readonly Statement[]): Stated[] {
  const fixes = statements.filter(({ place, status }) => status === 'fixed' && place.build !== null);
  const others = statements.filter((statement) => !fixes.includes(statement));
  return [...claimsOfFixes(fixes), ...claimsOfOthers(others)];
}

/** "Fixed in this build" means that what came before is affected. */
function claimsOfFixes(fixes: readonly Statement[]): Stated[] {
  // A source is listed beside what was built from it; where it stands alone it has to do.
  const withBinaries = new Set(
    fixes.filter(({ place }) => place.packageKind === 'binary').map(({ place }) => place.scope),
  );
  const telling = fixes.filter(({ place }) => place.packageKind === 'binary' || !withBinaries.has(place.scope));
  return groupsOf(telling).flatMap(([target, group]) => {
    const builds = group.map(({ place: { build, architecture } }) => ({ version: build ?? '', architecture }));
    return fixedRangesOf(builds).map(
      ({ architectures, ranges }): Stated => ({
        ...target,
        status: 'affected',
        ranges,
        versions: [],
        ...(architectures === null ? {} : { architectures }),
      }),
    );
  });
}

function claimsOfOthers(statements: readonly Statement[]): Stated[] {
  return groupsOf(statements).flatMap(([target, members]) => {
    const byStatus = Map.groupBy(members, ({ status, because }) => JSON.stringify([status, because]));
    return [...byStatus.values()].flatMap((group) => {
      const first = group[0];
      return first === undefined
        ? []
        : [{ ...target, status: first.status, ...first.because, ...versionsOf(target, group) }];
    });
  });
}

/** Where one statement speaks of every version, they all do. */
function versionsOf({ scope, packageName }: Target, group: readonly Statement[]): Pick<Stated, 'ranges' | 'versions'> {
  if (group.some(({ place }) => place.ranges.length + place.versions.length === 0)) return { ranges: [], versions: [] };
  const ranges = group.flatMap(({ place }) => place.ranges);
  // Only registries and products have ranges here, and their scope is their type.
  const order = orderOfPackages(scope);
  // Below 17.3.5 and below 17.6.2: where branches are mended side by side, each of them is a fix.
  const isKeptApart = scope === PRODUCT_SCOPE && hasProductLines(packageName);
  return {
    ranges: order === null || isKeptApart ? distinct(ranges) : unionOfRanges(ranges, order),
    versions: [...new Set(group.flatMap(({ place }) => place.versions))],
  };
}

function distinct(ranges: readonly VersionRange[]): VersionRange[] {
  return [...new Map(ranges.map((range) => [JSON.stringify(range), range])).values()];
}

/** By what they speak of; a product that has several names is spoken of by each. */
function groupsOf(statements: readonly Statement[]): [Target, Statement[]][] {
  const groups = new Map<string, [Target, Statement[]]>();
  for (const statement of statements) {
    const { scope, packageKind, packageNames } = statement.place;
    for (const packageName of packageNames) {
      const key = `${scope} ${packageKind} ${packageName}`;
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [{ scope, packageKind, packageName }, [statement]]);
      else known[1].push(statement);
    }
  }
  return [...groups.values()];
}
