import type { ExposureAnswer } from '@patchsteward/contract';
import { comesFromOrigins, isFinding, PRODUCT_SCOPE, runsAsKernel } from '@patchsteward/core/1-identification';
import { compareWithRank, type RankPlace, rankOf } from './asset-order.ts';
import type { AssetView } from './asset-view.ts';
import type { Fleet, FleetAsset, FleetSet } from './exposure-fleet.ts';
import type { JudgedVersion } from './exposure-judging.ts';
import type { HostKind } from './host-kinds.ts';

/** A judged source version in a package set. */
export interface Placed {
  readonly version: JudgedVersion;
  /** Among its packages is a kernel to boot. */
  readonly hasImage: boolean;
  /** It was replaced and still runs. */
  readonly lingers?: true;
}

export interface Placement {
  /** By package set: what of the question is in it, by rising ids. */
  readonly sets: ReadonlyMap<number, readonly Placed[]>;
  /** What is judged, installed or not. */
  readonly versions: ReadonlyMap<number, JudgedVersion>;
}

const NOTHING: readonly Placed[] = [];

/** What of the question a kind of hosts has: what is installed, and what was replaced by its fix and still runs. */
function placedOn({ packageSet, lingering }: HostKind, { sets, versions }: Placement): readonly Placed[] {
  const installed = sets.get(packageSet) ?? NOTHING;
  // Of most hosts nothing runs on; a question goes through thousands of kinds.
  if (lingering.length === 0) return installed;
  const former = lingering.flatMap((id): Placed[] => {
    const version = versions.get(id);
    if (version === undefined || version.fixed === null || !isOpenIn(version)) return [];
    if (installed.some((one) => isAffectedBeside(one, version))) return [];
    return [{ version, hasImage: version.isKernel, lingers: true }];
  });
  return former.length === 0 ? installed : [...installed, ...former].sort((a, b) => a.version.id - b.version.id);
}

function isOpenIn({ status }: JudgedVersion): boolean {
  return status !== 'not_judged' && isFinding({ status });
}

/** What is installed in its place has it as well: then no fix is installed. */
function isAffectedBeside({ version }: Placed, former: JudgedVersion): boolean {
  return version.source === former.source && !version.isKernel && isOpenIn(version);
}

export type Counts = ExposureAnswer['counts'];
export type Standing = keyof Counts;

/** An asset counts by the gravest that it has. */
const BY_GRAVITY: readonly Standing[] = [
  'affected',
  'underInvestigation',
  'notJudged',
  'idle',
  'fixed',
  'notAffected',
  'notInstalled',
];

const GRAVITY = Object.fromEntries(BY_GRAVITY.map((standing, at) => [standing, at])) as Readonly<
  Record<Standing, number>
>;

/** What one source version means on an asset: of kernels, only what runs is exposed. */
export function standingOf(placed: Placed, had: HostKind): Standing {
  const { status } = placed.version;
  if (status === 'not_judged') return 'notJudged';
  if (status === 'fixed') return 'fixed';
  if (status === 'not_affected') return 'notAffected';
  if (runsOn(placed, had) === false) return 'idle';
  return status === 'under_investigation' ? 'underInvestigation' : 'affected';
}

/** null: it is of no kernel. */
function runsOn({ version, hasImage }: Placed, had: HostKind): boolean | null {
  if (!version.isKernel) return null;
  const isRunning = had.runningSource === null ? null : had.runningSource === version.id;
  return runsAsKernel({ sharesKernel: had.sharesKernel, isRunning, hasImage });
}

/** The assets of one release, or with one product; others without a release stand together. */
export interface ExposedRelease {
  readonly scope: string | null;
  readonly name: string;
  readonly assets: number;
  readonly counts: Counts;
}

const NOBODY: Counts = {
  ...{ affected: 0, underInvestigation: 0, idle: 0, fixed: 0, notAffected: 0, notInstalled: 0, notJudged: 0 },
};

/**
 * `claimed`: the releases that any of the claims speaks of; of another one silence says nothing. null: it is about what is
 * installed, and every report says that. Most affected first.
 */
export function exposedReleases(
  fleet: Fleet,
  placement: Placement,
  claimed: ReadonlySet<string> | null,
): ExposedRelease[] {
  const releases = new Map<string, { scope: string | null; name: string; assets: number; counts: Count }>();
  for (const { kind, assets } of fleet.kinds.counted()) {
    const set = fleet.setOf(kind.packageSet);
    const scope = set?.scope ?? null;
    const placed = placedOn(kind, placement);
    const name = nameOf(set, placed);
    const group = scope ?? name;
    const sum = releases.get(group) ?? { scope, name, assets: 0, counts: { ...NOBODY } };
    if (name < sum.name) sum.name = name;
    sum.assets += assets;
    sum.counts[gravestOf(placed, kind) ?? silenceOn(fleet, kind, claimed)] += assets;
    releases.set(group, sum);
  }
  return [...releases.values()].sort(
    (one, other) => other.counts.affected - one.counts.affected || compareScopes(one.scope, other.scope),
  );
}

/** What a list of components is asked about: its product, where the question is about that one. */
function nameOf(set: FleetSet | undefined, placed: readonly Placed[]): string {
  if (set?.ecosystem !== 'components') return set?.release.prettyName ?? '';
  const product = placed.find(({ version }) => version.scope === PRODUCT_SCOPE);
  return product?.version.source ?? 'Listed products, applications and images';
}

/** A list of components says what is in it: what claims name of a registry, or as a product, is not in one without it. */
function isSpokenOf(fleet: Fleet, packageSet: number, claimed: ReadonlySet<string>): boolean {
  const set = fleet.setOf(packageSet);
  if (set?.ecosystem === 'components') return [...claimed].some((scope) => !comesFromOrigins(scope));
  return set?.scope != null && claimed.has(set.scope) && fleet.isJudged(packageSet);
}

type Count = { -readonly [Name in Standing]: number };

/** undefined: it has nothing of the question. */
function gravestOf(placed: readonly Placed[], kind: HostKind): Standing | undefined {
  let gravest = BY_GRAVITY.length;
  for (const one of placed) gravest = Math.min(gravest, GRAVITY[standingOf(one, kind)]);
  return BY_GRAVITY[gravest];
}

/** What it means that hosts have nothing of the question. */
function silenceOn(fleet: Fleet, { packageSet }: HostKind, claimed: ReadonlySet<string> | null): Standing {
  return claimed === null || isSpokenOf(fleet, packageSet, claimed) ? 'notInstalled' : 'notJudged';
}

/** Whoever has not reported is in no release, and is not judged. */
export function totalsOf(fleet: Pick<Fleet, 'size'>, releases: readonly ExposedRelease[]): Counts {
  const totals: Count = { ...NOBODY };
  for (const { counts } of releases) for (const name of BY_GRAVITY) totals[name] += counts[name];
  const reported = releases.reduce((sum, { assets }) => sum + assets, 0);
  return { ...totals, notJudged: totals.notJudged + fleet.size - reported };
}

/** What is no release that we know comes last. */
function compareScopes(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}

/** What lists over the fleet do not say, in assets: all of what they have, and a part of it. */
export function notJudgedIn(view: AssetView) {
  let judged = 0;
  let inPart = 0;
  for (const { kind, assets } of view.kinds.counted()) {
    const set = view.packageSet(kind.packageSet);
    if (set === undefined || set.judgedAt === null) continue;
    judged += assets;
    if (set.unjudged > 0) inPart += assets;
  }
  return { assetsNotJudged: view.size - judged, assetsPartlyJudged: inPart };
}

/** Where a row stands among those of a question. */
export type ExposedPlace = [...RankPlace, version: number];

/** A source version on an asset. */
export interface ExposedRow {
  readonly place: ExposedPlace;
  readonly asset: FleetAsset;
  readonly placed: Placed;
  readonly runs: boolean | null;
  /** A fixed kernel is installed beside the one that runs. */
  readonly rebootPending: boolean;
  /** Its fix is installed beside it, or in its place. */
  readonly fixNotRunning: boolean;
}

export type Shown = 'open' | 'all';
const OPEN: ReadonlySet<Standing> = new Set<Standing>(['affected', 'underInvestigation', 'notJudged']);

/** The rows after a place, and how many assets have any. */
export function listExposed(
  fleet: Fleet,
  placement: Placement,
  { after, limit, show }: { readonly after: ExposedPlace | undefined; readonly limit: number; readonly show: Shown },
): { readonly rows: ExposedRow[]; readonly assets: number } {
  const { shown, assets } = shownOf(fleet, placement, show);
  const rows: ExposedRow[] = [];
  for (let at = after === undefined ? 0 : firstFrom(fleet, after); at < fleet.ranked.length; at += 1) {
    if (rows.length >= limit) break;
    const slot = fleet.ranked[at] ?? 0;
    const placed = shown[fleet.kinds.of(slot) ?? -1];
    if (placed === undefined) continue;
    const asset = fleet.at(slot);
    const start = [rankOf({ asset: asset.asset }), asset.asset.name, asset.asset.id] as const;
    for (const one of placed) {
      const place: ExposedPlace = [...start, one.version.id];
      if (after === undefined || isBefore(after, place)) rows.push(rowOf(place, asset, one, placement));
    }
  }
  return { rows: rows.slice(0, limit), assets };
}

/** By the number of a kind: what of it is shown; and how many assets have any. */
function shownOf({ kinds }: Fleet, placement: Placement, show: Shown) {
  const shown: (readonly Placed[] | undefined)[] = [];
  let assets = 0;
  for (const { number, kind, assets: alike } of kinds.counted()) {
    const all = placedOn(kind, placement);
    if (all.length === 0) continue;
    const placed = show === 'all' ? all : all.filter((one) => OPEN.has(standingOf(one, kind)));
    if (placed.length === 0) continue;
    shown[number] = placed;
    assets += alike;
  }
  return { shown, assets };
}

/** Where the asset of a place stands, or the first one behind where it stood. */
function firstFrom({ ranked, asset }: Fleet, [rank, name, id]: ExposedPlace): number {
  let from = 0;
  let to = ranked.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareWithRank(asset(ranked[middle] ?? 0), [rank, name, id]) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function rowOf(place: ExposedPlace, asset: FleetAsset, placed: Placed, placement: Placement): ExposedRow {
  const runs = runsOn(placed, asset);
  const beside = placement.sets.get(asset.packageSet) ?? [];
  const { source } = placed.version;
  const isFixedBeside = beside.some(
    ({ version, hasImage }) => hasImage && version.source === source && version.status === 'fixed',
  );
  const rebootPending =
    runs === true && standingOf(placed, asset) === 'affected' && (isFixedBeside || placed.lingers === true);
  const fixNotRunning = placed.lingers === true || (rebootPending && asset.runningSource !== null);
  return { place, asset, placed, runs, rebootPending, fixNotRunning };
}

/** By rank, name, asset and version. */
function isBefore(one: ExposedPlace, other: ExposedPlace): boolean {
  for (const [at, value] of one.entries()) {
    const against = other[at];
    if (against !== undefined && value !== against) return value < against;
  }
  return false;
}
