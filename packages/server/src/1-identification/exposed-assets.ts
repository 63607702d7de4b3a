import { rankOf } from './asset-order.ts';
import type { AssetView, ViewedAsset } from './asset-view.ts';
import type { ViewCheckIn } from './asset-view-store.ts';

/** The assets of one release, as far as they have reported. */
export interface ExposedRelease {
  readonly scope: string | null;
  readonly name: string;
  readonly assets: number;
  readonly affected: number;
  readonly notJudged: number;
}

/** `affected`: package sets that have something of what is asked about. Most affected first. */
export function exposedReleases(
  view: AssetView,
  affected: Pick<ReadonlySet<number>, 'has' | 'size'>,
): ExposedRelease[] {
  const releases = new Map<string | null, ExposedRelease>();
  for (const { set, assets } of view.reportedSets()) {
    const { scope, release, judgedAt } = set;
    const sum = releases.get(scope);
    const { prettyName } = release;
    releases.set(scope, {
      scope,
      name: sum === undefined || prettyName < sum.name ? prettyName : sum.name,
      assets: (sum?.assets ?? 0) + assets,
      affected: (sum?.affected ?? 0) + (affected.has(set.id) ? assets : 0),
      notJudged: (sum?.notJudged ?? 0) + (judgedAt === null ? assets : 0),
    });
  }
  return [...releases.values()].sort(
    (one, other) => other.affected - one.affected || compareScopes(one.scope, other.scope),
  );
}

/** What is no release that we know comes last. */
function compareScopes(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}

/** Assets of which nothing can be said: they have not reported, or what they have was not judged yet. */
export function countNotJudged(view: AssetView): number {
  const judged = view.reportedSets().reduce((sum, { set, assets }) => sum + (set.judgedAt === null ? 0 : assets), 0);
  return view.size - judged;
}

/** Where an asset stands among those that are affected. */
export type ExposedAssetPlace = readonly [rank: number, name: string, assetId: string, ...unknown[]];

export interface ExposedAsset extends Pick<ViewedAsset, 'asset'> {
  readonly rank: number;
  readonly checkIn: ViewCheckIn;
}

/** Critical ones and those that can be reached from outside first, `from` this place on. */
export function listExposedAssets(
  view: AssetView,
  affected: Pick<ReadonlySet<number>, 'has' | 'size'>,
  { from, limit }: { readonly from: ExposedAssetPlace | undefined; readonly limit: number },
): ExposedAsset[] {
  const listed: ExposedAsset[] = [];
  if (affected.size === 0) return listed;
  const ranked = view.ranked();
  for (let at = from === undefined ? 0 : firstFrom(view, ranked, from); at < ranked.length; at += 1) {
    const { asset, checkIn } = view.at(ranked[at] ?? 0);
    if (checkIn === null || !affected.has(checkIn.packageSet)) continue;
    if (listed.push({ asset, checkIn, rank: rankOf({ asset }) }) === limit) break;
  }
  return listed;
}

function firstFrom(view: AssetView, ranked: readonly number[], place: ExposedAssetPlace): number {
  let from = 0;
  let to = ranked.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const { asset } = view.at(ranked[middle] ?? 0);
    if (isBefore([rankOf({ asset }), asset.name, asset.id], place)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function isBefore([rank, name, id]: ExposedAssetPlace, [itsRank, itsName, itsId]: ExposedAssetPlace): boolean {
  if (rank !== itsRank) return rank < itsRank;
  return name === itsName ? id < itsId : name < itsName;
}
