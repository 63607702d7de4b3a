import type { AssetSort } from '@patchsteward/contract';
import {
  type CoveringFeed,
  type Lifecycle,
  type PlatformSupport,
  supportOf,
} from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { figuresOf } from './asset-figures.ts';
import type { AssetSummaryRow } from './asset-list-store.ts';
import { ASSET_ORDERS, compareRanks, SlotOrder } from './asset-order.ts';
import { staleFrom } from './asset-staleness.ts';
import type { ViewAssessment, ViewAsset, ViewCheckIn, ViewFeed, ViewPackageSet, ViewRows } from './asset-view-store.ts';
import {
  type AssetColumnName,
  assetWords,
  columnsOfAssets,
  hostWords,
  type JudgedScopes,
  laneWords,
} from './asset-words.ts';
import { HostKinds } from './host-kinds.ts';
import { SharedKeys } from './shared-keys.ts';
import type { WordColumn } from './word-column.ts';

/** Every asset has a package set and an owner of its own at most; twice as many are half of them past. */
const PAST_OF_ASSET = 2;
/** Of a few assets many are kept: reading them anew for each change gains nothing. */
const PAST_MIN = 1_000;

/** What is known of one asset, as its rows say. */
export interface ViewedAsset {
  readonly asset: ViewAsset;
  readonly checkIn: ViewCheckIn | null;
  readonly packageSet: ViewPackageSet | null;
  readonly assessment: ViewAssessment | null;
}

/**
 * The assets as lists ask for them: rows by a slot that each keeps, a column of words for each facet, a text for the
 * search, and the orders. It holds a good kilobyte for each asset, and knows no database: it is told of rows.
 */
export class AssetView {
  readonly columns: Readonly<Record<AssetColumnName, WordColumn>> = columnsOfAssets();
  /** By slot: what a search looks through, in lower case. */
  readonly texts: string[] = [];
  /** By slot: from when on nobody knows any more how it is. */
  readonly staleFrom: number[] = [];
  readonly #names = new SharedKeys();
  readonly #machines = new SharedKeys();
  /** Of what was reported last. */
  readonly kinds = new HostKinds();
  readonly #assets: ViewedAsset[] = [];
  readonly #slots = new Map<string, number>();
  readonly #packageSets = new Map<number, ViewPackageSet>();
  readonly #updates = new Map<number, number | null>();
  readonly #orders: Readonly<Record<AssetSort, SlotOrder>>;
  readonly #ranks = new SlotOrder((one, other) => compareRanks(this.at(one), this.at(other)));
  #feeds: readonly CoveringFeed[] = [];
  #judgedScopes: JudgedScopes = new Set();
  #lifecycles: ReadonlyMap<string, readonly Lifecycle[]> = new Map();
  readonly #warnMs: number;

  /** `warnMs`: for so long before its end the support of a platform is told to be ending. */
  constructor(warnMs: number) {
    this.#warnMs = warnMs;
    const order = (sort: AssetSort) => new SlotOrder((one, other) => ASSET_ORDERS[sort](this.at(one), this.at(other)));
    this.#orders = { name: order('name'), urgent: order('urgent'), seen: order('seen'), findings: order('findings') };
  }

  get size(): number {
    return this.#assets.length;
  }

  /** The loaded feeds of advisories with the releases they speak of. */
  get feeds(): readonly CoveringFeed[] {
    return this.#feeds;
  }

  /** How its vendor supports a release of a platform or a product; null: no source says. */
  supportOf(scope: string | null, now: Instant): PlatformSupport | null {
    return supportOf(this.#lifecycles.get(scope ?? '') ?? [], this.#warnMs, now);
  }

  /** All slots, in this order. */
  ordered(sort: AssetSort): readonly number[] {
    return this.#orders[sort].slots();
  }

  /** All slots: critical ones and those that can be reached from outside first. */
  ranked(): readonly number[] {
    return this.#ranks.slots();
  }

  /** Slots of assets that share name or machine with another one, and of these, each once. */
  alike(assetIds: readonly string[]): number[] {
    const named = assetIds.flatMap((id) => this.#slots.get(id) ?? []);
    return [...new Set([...this.#names.shared(), ...this.#machines.shared(), ...named])];
  }

  /** undefined: no asset reported it since this view began. */
  packageSet(id: number): ViewPackageSet | undefined {
    return this.#packageSets.get(id);
  }

  at(slot: number): ViewedAsset {
    const viewed = this.#assets[slot];
    if (viewed === undefined) throw new RangeError(`there is no asset in slot ${slot}`);
    return viewed;
  }

  summary(slot: number): AssetSummaryRow {
    const viewed = this.at(slot);
    const { asset, checkIn, packageSet, assessment } = viewed;
    const figures = figuresOf(viewed);
    return {
      ...asset,
      seenAt: checkIn?.seenAt ?? null,
      rebootNeeded: checkIn?.rebootNeeded ?? null,
      ecosystem: packageSet?.ecosystem ?? null,
      release: packageSet?.release ?? null,
      packages: packageSet?.packages ?? null,
      findings: figures?.findings ?? null,
      knownExploited: figures?.knownExploited ?? null,
      judgedAt: packageSet?.judgedAt ?? null,
      unjudged: packageSet?.unjudged ?? null,
      updates: checkIn === null ? null : (this.#updates.get(checkIn.offerSet) ?? null),
      securityUpdates: assessment?.securityUpdates ?? null,
      lane: assessment?.lane ?? null,
      due: assessment?.due ?? null,
    };
  }

  /** Sets and words of the past are kept as well: with more of them than of the present it is time to begin anew. */
  get isOvergrown(): boolean {
    const kept = Math.max(this.#packageSets.size, this.#updates.size, this.kinds.size, ...this.#columnSizes());
    return kept > PAST_MIN + PAST_OF_ASSET * this.size;
  }

  /** Sets that these check-ins name and nobody told of yet. */
  unknownSets(checkIns: readonly ViewCheckIn[]): { readonly packageSets: number[]; readonly offerSets: number[] } {
    const packageSets = new Set(checkIns.map((one) => one.packageSet));
    const offerSets = new Set(checkIns.map((one) => one.offerSet));
    return {
      packageSets: [...packageSets].filter((id) => !this.#packageSets.has(id)),
      offerSets: [...offerSets].filter((id) => !this.#updates.has(id)),
    };
  }

  /** Sets are told before the check-ins that name them, assets before what is said of them. */
  tell(rows: Partial<ViewRows>): void {
    for (const { id, updates } of rows.offerSets ?? []) this.#updates.set(id, updates);
    for (const asset of rows.assets ?? []) this.#tellAsset(asset);
    for (const checkIn of rows.checkIns ?? []) this.#tellCheckIn(checkIn);
    for (const assessment of rows.assessments ?? []) this.#tellAssessment(assessment);
  }

  tellPackageSets(sets: readonly ViewPackageSet[]): void {
    const changed = new Set<number>();
    for (const set of sets) {
      if (this.#packageSets.has(set.id)) changed.add(set.id);
      this.#packageSets.set(set.id, set);
    }
    if (changed.size > 0) this.#readSetsAgain((id) => changed.has(id));
  }

  tellFeeds(rows: readonly ViewFeed[]): void {
    const scopes = Map.groupBy(rows, ({ feed }) => feed);
    this.#feeds = [...scopes].map(([feed, covered]) => ({ feed, scopes: new Set(covered.map(({ scope }) => scope)) }));
    const judged = new Set(rows.map(({ scope }) => scope));
    if (judged.size === this.#judgedScopes.size && [...judged].every((scope) => this.#judgedScopes.has(scope))) return;
    this.#judgedScopes = judged;
    this.#readSetsAgain(() => true);
  }

  tellLifecycles(rows: readonly Lifecycle[]): void {
    this.#lifecycles = Map.groupBy(rows, ({ scope }) => scope);
  }

  #columnSizes(): number[] {
    return Object.values(this.columns).map(({ lists }) => lists.length);
  }

  #readSetsAgain(concerns: (set: number) => boolean): void {
    for (const [slot, viewed] of this.#assets.entries()) {
      if (viewed.checkIn === null || !concerns(viewed.checkIn.packageSet)) continue;
      this.#assets[slot] = { ...viewed, packageSet: this.#setOf(viewed.checkIn) };
      this.#describeHost(slot);
      this.#orders.findings.move(slot);
    }
  }

  #tellAsset(asset: ViewAsset): void {
    const known = this.#slots.get(asset.id);
    const slot = known ?? this.#assets.length;
    const viewed =
      known === undefined ? { asset, checkIn: null, packageSet: null, assessment: null } : { ...this.at(known), asset };
    this.#slots.set(asset.id, slot);
    this.#assets[slot] = viewed;
    this.#names.set(slot, asset.name.toLowerCase());
    for (const [name, words] of assetWords(asset)) this.columns[name].set(slot, words);
    if (known === undefined) this.columns.lane.set(slot, laneWords(null));
    this.#describeHost(slot);
    for (const order of Object.values(this.#orders)) order.move(slot);
    this.#ranks.move(slot);
  }

  #tellCheckIn(checkIn: ViewCheckIn): void {
    const slot = this.#slotOf(checkIn.assetId);
    const viewed = this.at(slot);
    this.#orders.seen.move(slot);
    this.#machines.set(slot, checkIn.machineId);
    this.kinds.tell(slot, checkIn);
    if (viewed.checkIn?.packageSet === checkIn.packageSet) {
      this.#assets[slot] = { ...viewed, checkIn };
      this.staleFrom[slot] = staleFromOf(viewed.asset, checkIn);
      this.columns.reboot.set(slot, [checkIn.rebootNeeded ? 'yes' : 'no']);
      return;
    }
    this.#assets[slot] = { ...viewed, checkIn, packageSet: this.#setOf(checkIn) };
    this.#orders.findings.move(slot);
    this.#describeHost(slot);
  }

  #tellAssessment(assessment: ViewAssessment): void {
    const slot = this.#slots.get(assessment.assetId);
    // Nothing ties an assessment to its asset: that of one which is gone says nothing.
    if (slot === undefined) return;
    this.#assets[slot] = { ...this.at(slot), assessment };
    this.columns.lane.set(slot, laneWords(assessment.lane));
    this.#describeHost(slot);
    this.#orders.urgent.move(slot);
    this.#orders.findings.move(slot);
  }

  /** What follows from the report of its host, and the text that names asset and release. */
  #describeHost(slot: number): void {
    const viewed = this.at(slot);
    for (const [name, words] of hostWords(viewed, this.#judgedScopes)) this.columns[name].set(slot, words);
    this.staleFrom[slot] = staleFromOf(viewed.asset, viewed.checkIn);
    this.texts[slot] = textOf(viewed);
  }

  #setOf({ packageSet }: ViewCheckIn): ViewPackageSet {
    const set = this.#packageSets.get(packageSet);
    if (set === undefined) throw new RangeError(`nobody told of package set ${packageSet}`);
    return set;
  }

  #slotOf(assetId: string): number {
    const slot = this.#slots.get(assetId);
    if (slot === undefined) throw new RangeError(`nobody told of asset ${assetId}`);
    return slot;
  }
}

function staleFromOf(asset: ViewAsset, checkIn: ViewCheckIn | null): number {
  return staleFrom({ ...asset, seenAt: checkIn?.seenAt ?? null });
}

/** Name, owner, role, tags, groups, release and product. */
function textOf({ asset, packageSet }: ViewedAsset): string {
  return [
    asset.name,
    asset.owner,
    asset.role,
    asset.tags.join(' '),
    asset.maintenanceGroup,
    asset.redundancyGroups.join(' '),
    packageSet?.scope,
    packageSet?.release.prettyName,
    asset.vendor,
    asset.product,
    asset.productVersion,
  ]
    .filter((part) => part != null)
    .join(' ')
    .toLowerCase();
}
