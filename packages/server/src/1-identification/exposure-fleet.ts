import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader } from '../platform/database.ts';
import type { AssetView } from './asset-view.ts';
import { readViewPackageSets, type ViewAsset, type ViewPackageSet } from './asset-view-store.ts';
import { type HostKind, HostKinds } from './host-kinds.ts';

/** An asset of one moment, with what it had then. */
export interface FleetAsset extends HostKind {
  readonly asset: ViewAsset;
  /** null: what was offered on that day is not kept. */
  readonly offerSet: number | null;
}

/** The assets of one moment, with what can be said of their releases. */
export interface Fleet {
  /** All of them, those that have not reported among them. */
  readonly size: number;
  /** Of those that have reported. */
  readonly kinds: HostKinds;
  /** All slots: critical ones and those that can be reached from outside first. */
  readonly ranked: readonly number[];
  readonly asset: (slot: number) => ViewAsset;
  /** Of one that has reported. */
  readonly at: (slot: number) => FleetAsset;
  readonly setOf: (id: number) => FleetSet | undefined;
  readonly isJudged: (packageSet: number) => boolean;
}

export type FleetSet = Pick<ViewPackageSet, 'scope' | 'release' | 'ecosystem'>;

/** It is asked before anything else is waited for: the view goes on with the next question. */
export function fleetOfNow(view: AssetView): Fleet {
  return {
    size: view.size,
    kinds: view.kinds,
    ranked: view.ranked(),
    asset: (slot) => view.at(slot).asset,
    at: (slot) => {
      const { asset, checkIn } = view.at(slot);
      if (checkIn === null) throw new RangeError(`${asset.name} has not reported`);
      return { asset, ...checkIn };
    },
    setOf: (id) => view.packageSet(id),
    isJudged: (id) => view.packageSet(id)?.judgedAt != null,
  };
}

/** What every asset had on a day. */
export interface FleetPast {
  readonly had: ReadonlyMap<string, HostKind>;
  readonly sets: ReadonlyMap<number, FleetSet & { readonly isJudged: boolean }>;
  /** The first report that is kept of any asset. */
  readonly historyFrom: Instant | null;
}

/** One look into the index per asset, however long its history is. */
export async function readFleetPast(reader: Reader, at: Instant): Promise<FleetPast> {
  // As JSON texts: they are read in a fraction of the time that thousands of rows take.
  const { rows } = await sql<PastRow>`
    select coalesce(json_agg(json_build_array(asset.id, had.package_set_id, had.running_source_version_id, had.shares_kernel,
        jsonb_path_query_array(had.lingering, '$[*].version'))),
        '[]') as had,
      (select min(valid_from) from identification.inventory_history) as history_from
    from identification.asset
    cross join lateral (
      select package_set_id, running_source_version_id, shares_kernel, lingering, valid_to from identification.inventory_history
      where asset_id = asset.id and valid_from <= ${timestamp(at)} order by valid_from desc limit 1
    ) as had
    where had.valid_to is null or had.valid_to > ${timestamp(at)}
  `.execute(reader);
  const had = new Map(
    (rows[0]?.had ?? []).map(([asset, packageSet, runningSource, sharesKernel, lingering]) => [
      asset,
      { packageSet, runningSource, sharesKernel, lingering },
    ]),
  );
  const sets = await readViewPackageSets(reader, [...new Set([...had.values()].map(({ packageSet }) => packageSet))]);
  const scopes = await readScopesCovered(reader, sets, at);
  return {
    had,
    sets: new Map(sets.map((set) => [set.id, { ...set, isJudged: set.scope !== null && scopes.has(set.scope) }])),
    historyFrom: rows[0]?.history_from ?? null,
  };
}

interface PastRow {
  readonly had: readonly [string, number, number | null, boolean, readonly number[]][];
  readonly history_from: Instant | null;
}

/** The releases that any claim spoke of by then. */
async function readScopesCovered(reader: Reader, sets: readonly ViewPackageSet[], at: Instant) {
  const scopes = [...new Set(sets.flatMap(({ scope }) => (scope === null ? [] : [scope])))];
  const { rows } = await sql<{ scope: string }>`
    select wanted.scope from unnest(${scopes}::text[]) as wanted (scope)
    where exists (
        select from identification.claim
        where claim.scope = wanted.scope and valid_to is null and valid_from <= ${timestamp(at)}
      ) or exists (
        select from identification.claim
        where claim.scope = wanted.scope and valid_to is not null and valid_from <= ${timestamp(at)}
      )
  `.execute(reader);
  return new Set(rows.map(({ scope }) => scope));
}

/** Labels are today's: who an asset is does not change with its past. */
export function fleetOfPast(view: AssetView, past: FleetPast): Fleet {
  const kinds = new HostKinds();
  const ranked = view.ranked();
  for (const slot of ranked) {
    const had = past.had.get(view.at(slot).asset.id);
    if (had !== undefined) kinds.tell(slot, had);
  }
  return {
    size: past.had.size,
    kinds,
    ranked,
    asset: (slot) => view.at(slot).asset,
    at: (slot) => {
      const { asset } = view.at(slot);
      const had = past.had.get(asset.id);
      if (had === undefined) throw new RangeError(`${asset.name} had not reported`);
      return { asset, offerSet: null, ...had };
    },
    setOf: (id) => past.sets.get(id),
    isJudged: (id) => past.sets.get(id)?.isJudged === true,
  };
}
