import { ASSET_FACETS, type AssetFacetName } from '@patchsteward/contract';
import { figuresOf } from './asset-figures.ts';
import type { ViewedAsset } from './asset-view.ts';
import type { ViewAsset, ViewPackageSet } from './asset-view-store.ts';
import { WordColumn } from './word-column.ts';

/** What changes while no row does. */
type FacetOfTime = 'stale' | 'support';
/** Facets that rest on rows alone, what is only filtered by, and what the support of an asset follows from. */
export type AssetColumnName = Exclude<AssetFacetName, FacetOfTime> | 'role' | 'supportScope';
type Described = readonly (readonly [AssetColumnName, readonly string[]])[];

/** Releases that a loaded feed speaks of. */
export type JudgedScopes = ReadonlySet<string>;

const NAMES = [
  ...ASSET_FACETS.filter((name) => name !== 'stale' && name !== 'support'),
  'role',
  'supportScope',
] as const;

export function columnsOfAssets(): Readonly<Record<AssetColumnName, WordColumn>> {
  // The names are those of the type; the keys of an object are texts to the compiler.
  return Object.fromEntries(NAMES.map((name) => [name, new WordColumn()])) as Record<AssetColumnName, WordColumn>;
}

/** What people said of an asset. */
export function assetWords(asset: ViewAsset): Described {
  return [
    ['criticality', [asset.criticality]],
    ['exposure', [asset.exposure]],
    ['environment', [asset.environment]],
    ['origin', [asset.origin]],
    ['ring', yesNo(asset.ring)],
    ['owner', given(asset.owner)],
    ['role', given(asset.role)],
    ['maintenanceGroup', given(asset.maintenanceGroup)],
    ['redundancyGroup', asset.redundancyGroups],
    ['tag', asset.tags],
  ];
}

/** What its host said, and what was judged of it. */
export function hostWords(viewed: ViewedAsset, scopes: JudgedScopes): Described {
  const { checkIn, packageSet } = viewed;
  const scope = packageSet?.scope ?? null;
  const judged = packageSet != null && packageSet.judgedAt !== null && isCovered(packageSet, scopes);
  return [
    ['release', [scope ?? 'unknown']],
    ['supportScope', [supportScopeOf(viewed) ?? 'unknown']],
    ['reboot', yesNo(checkIn?.rebootNeeded === true)],
    ['judged', judged && packageSet.unjudged > 0 ? PARTLY : yesNo(judged)],
    ['exploited', yesNo(judged && (figuresOf(viewed)?.knownExploited ?? 0) > 0)],
  ];
}

/** The platform of a host; of what has no agent the release that its product is. */
export function supportScopeOf({ asset, packageSet }: ViewedAsset): string | null {
  return packageSet?.scope ?? asset.supportScope;
}

function isCovered({ ecosystem, scope }: ViewPackageSet, scopes: JudgedScopes): boolean {
  return ecosystem === 'components' || (scope !== null && scopes.has(scope));
}

export function laneWords(lane: string | null): readonly string[] {
  return [lane ?? 'none'];
}

const YES: readonly string[] = ['yes'];
const NO: readonly string[] = ['no'];
const PARTLY: readonly string[] = ['partly'];

function yesNo(holds: boolean): readonly string[] {
  return holds ? YES : NO;
}

function given(word: string | null): readonly string[] {
  return word === null ? [] : [word];
}
