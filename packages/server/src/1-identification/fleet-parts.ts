import { isKernelImage, isKernelSource } from '@patchsteward/core/1-identification';
import { sql } from 'kysely';
import type { Reader, Tx } from '../platform/database.ts';

/** Which source versions are of kernels, and which packages of them hold a kernel to boot. */
export interface KernelParts {
  readonly versions: readonly number[];
  readonly images: readonly string[];
}

/** Wider than the sources of kernels: which of them are some is said in one place alone, and not in SQL. */
const MAY_BE_KERNEL = sql`(source like 'linux%' or source like 'kernel%' or source = any(${['perf', 'python3-perf', 'bpftool', 'rtla']}))`;

export async function readKernelParts(reader: Reader): Promise<KernelParts> {
  const { rows } = await sql<{ id: number; source: string }>`
    select id, source from identification.source_version where ${MAY_BE_KERNEL}
  `.execute(reader);
  const versions = rows.filter(({ source }) => isKernelSource(source)).map(({ id }) => id);
  if (versions.length === 0) return { versions, images: [] };
  const named = await sql<{ name: string }>`
    select distinct name from identification.package_set_source as placed cross join unnest(placed.packages) as name
    where placed.source_version_id = any(${versions}::integer[])
  `.execute(reader);
  return { versions, images: named.rows.map(({ name }) => name).filter(isKernelImage) };
}

/** What tells hosts with one package set apart in what they are affected by. */
export const KIND_COLUMNS = sql`
  check_in.package_set_id, check_in.running_source_version_id, check_in.shares_kernel, check_in.lingering
`;

/** The same under the names by which the conditions below know them. */
export const USED_KIND = sql`
  check_in.package_set_id as set_id, check_in.running_source_version_id as running, check_in.shares_kernel,
  check_in.lingering
`;

export function isKernel({ versions }: KernelParts) {
  return sql<boolean>`version.id = any(${versions}::integer[])`;
}

/** Of `affected`, `placed` and `used`: what is no kernel is exposed wherever it is, of kernels only what runs. */
export function runsOn({ images }: KernelParts) {
  return sql<boolean>`(not affected.is_kernel or not used.shares_kernel and case
    when used.running is null then placed.packages && ${images}::text[] else used.running = placed.source_version_id end)`;
}

/**
 * Of kernels, what an update ends: as above, and where a kernel runs that is installed no more, the installed ones as well.
 * They run after the next start, and so does what they have.
 */
export function isEndedOn({ images }: KernelParts) {
  return sql<boolean>`(not affected.is_kernel or not used.shares_kernel and case
    when used.running is null or used.lingering @> jsonb_build_array(jsonb_build_object('version', used.running))
      then placed.packages && ${images}::text[]
    else used.running = placed.source_version_id end)`;
}

/** Kernels that no asset runs, so that an update of them ends nothing. */
export async function readIdleKernels(tx: Tx, kernels: KernelParts): Promise<readonly number[]> {
  if (kernels.versions.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    with used as materialized (
      select ${USED_KIND} from identification.check_in group by ${KIND_COLUMNS}
    )
    select affected.id from (
      select version.id, true as is_kernel from identification.source_version as version where ${isKernel(kernels)}
    ) as affected
    where not exists (
      select from identification.package_set_source as placed join used on used.set_id = placed.set_id
      where placed.source_version_id = affected.id and ${isEndedOn(kernels)}
    )
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** What was replaced and still runs: `former.version` of `used`. */
export const STILL_RUNNING = sql`
  cross join lateral jsonb_to_recordset(used.lingering) as former (version integer)
  join affected on affected.id = former.version
`;
