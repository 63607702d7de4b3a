import { isKept, isLingering, KERNEL_USER, type Lingering } from '@patchsteward/core/1-identification';
import type { Instant, SystemState } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import type { Evidence, Report } from './evidence.ts';

/** Changes of one asset that are looked back through: further back nobody is told since when. */
const CHANGES_MAX = 200;

/** Since when something stands in the way of fixes on an asset; what is missing began before it was kept. */
export interface FindingSince {
  /** By package. */
  readonly held: ReadonlyMap<string, Instant>;
  /** By what is to be restarted, as its reason names it. */
  readonly running: ReadonlyMap<string, Instant>;
}

const NOTHING: ReadonlyMap<string, Instant> = new Map();

/** Most assets have nothing on hold and nothing to restart: of them nothing is asked. */
export async function readFindingSince(
  reader: Reader,
  assetId: string,
  evidence: Evidence,
  { lingering }: Report,
  system: SystemState,
): Promise<FindingSince> {
  const held = evidence.findings.flatMap((one) => (isKept(one) ? [one.package] : []));
  const isHeld = sql<boolean>`exists (
    select from identification.package_set_source as placed
    where placed.set_id = history.package_set_id and placed.held @> array[wanted.name]
  )`;
  return {
    held: held.length === 0 ? NOTHING : await readSince(reader, assetId, [...new Set(held)], isHeld),
    running: new Map([
      ...(await readKernelSince(reader, assetId, evidence, system)),
      ...(await readLingeringSince(reader, assetId, lingering)),
    ]),
  };
}

async function readLingeringSince(reader: Reader, assetId: string, lingering: readonly Lingering[]) {
  if (lingering.length === 0) return NOTHING;
  const lingers = sql<boolean>`history.lingering @> jsonb_build_array(jsonb_build_object('version', wanted.name::integer))`;
  const names = lingering.map(({ version }) => String(version));
  const since = await readSince(reader, assetId, names, lingers);
  return new Map(
    lingering.flatMap(({ version, users }) => {
      const from = since.get(String(version));
      return from === undefined ? [] : [[users.join(', '), from] as const];
    }),
  );
}

/** A fixed kernel waits beside the one that runs, since it was installed. */
async function readKernelSince(reader: Reader, assetId: string, { findings }: Evidence, system: SystemState) {
  const newest = system.installedKernels.at(-1);
  if (newest === undefined || newest.release === system.runningKernel || findings.some(isLingering)) return NOTHING;
  const isInstalled = sql<boolean>`exists (
    select from identification.package_set_source as placed
    where placed.set_id = history.package_set_id and placed.packages @> array[wanted.name]
  )`;
  const since = await readSince(reader, assetId, [newest.package], isInstalled);
  return new Map([...since.values()].map((from) => [KERNEL_USER, from] as const));
}

/** By name: since when without a break its condition holds. */
async function readSince(
  reader: Reader,
  assetId: string,
  names: readonly string[],
  holds: RawBuilder<boolean>,
): Promise<ReadonlyMap<string, Instant>> {
  const { rows } = await sql<{ name: string; since: Instant | null }>`
    with history as (
      select valid_from, package_set_id, lingering from identification.inventory_history
      where asset_id = ${assetId} order by valid_from desc limit ${CHANGES_MAX}
    )
    select wanted.name, (
      select min(valid_from) from history
      where valid_from > coalesce((select max(valid_from) from history where not ${holds}), '-infinity')
    ) as since
    from unnest(${names}::text[]) as wanted (name)
  `.execute(reader);
  return new Map(rows.flatMap(({ name, since }) => (since === null ? [] : [[name, since] as const])));
}
