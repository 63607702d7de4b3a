import { isKernelImage, type Lingering, lingeringVersions } from '@patchsteward/core/1-identification';
import type { SystemState } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { FormerCheckIn } from './check-in-store.ts';

interface Now {
  readonly packageSetId: number;
  readonly system: SystemState;
}

interface Runs {
  /** The source version of the kernel that runs since before; null: nobody knows, or it may be another one by now. */
  readonly runsOn: number | null;
  readonly lingering: readonly Lingering[];
}

/** What of the report before still runs. Hosts of which nothing was replaced ask the database nothing. */
export async function whatLingers(tx: Tx, former: FormerCheckIn | undefined, now: Now): Promise<Runs> {
  if (former === undefined) return { runsOn: null, lingering: [] };
  const { system, packageSetId } = now;
  // Within one boot no other kernel can have come to run, whatever is installed in its place.
  const isSameBoot = system.bootId !== null && system.bootId === former.bootId && !system.container;
  const runsOn = isSameBoot ? former.runningSource : null;
  const kernel = runsOn === null ? null : await lingeringKernel(tx, runsOn, former, packageSetId);
  const replaced = system.replacedCode ?? [];
  if (replaced.length === 0 && kernel === null) return { runsOn, lingering: [] };
  const names = replaced.map((one) => one.package);
  const was = await readBuiltFrom(tx, former.packageSetId, names);
  const is = former.packageSetId === packageSetId ? was : await readBuiltFrom(tx, packageSetId, names);
  return { runsOn, lingering: lingeringVersions({ former: former.lingering, replaced, was, is, kernel }) };
}

/** The kernel that runs, where its image was removed or replaced in its place. */
async function lingeringKernel(tx: Tx, version: number, former: FormerCheckIn, packageSetId: number) {
  const told = former.lingering.find((one) => one.version === version) ?? null;
  if (former.packageSetId === packageSetId) return told;
  if ((await readImages(tx, packageSetId, version)).length > 0) return null;
  const packages = told?.packages ?? (await readImages(tx, former.packageSetId, version));
  return packages.length === 0 ? null : { version, packages };
}

async function readImages(tx: Tx, setId: number, version: number): Promise<readonly string[]> {
  const placed = await tx
    .selectFrom('identification.package_set_source')
    .select('packages')
    .where('set_id', '=', setId)
    .where('source_version_id', '=', version)
    .executeTakeFirst();
  return (placed?.packages ?? []).filter(isKernelImage);
}

/** By package: the source version that it was built from in a set. */
async function readBuiltFrom(tx: Tx, setId: number, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql<{ name: string; version: number }>`
    select name, max(placed.source_version_id) as version
    from identification.package_set_source as placed cross join unnest(placed.packages) as name
    where placed.set_id = ${setId} and placed.packages && ${names}::text[] and name = any(${names}::text[])
    group by name
  `.execute(tx);
  return new Map(rows.map(({ name, version }) => [name, version]));
}
