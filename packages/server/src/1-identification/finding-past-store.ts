import { isKernelImage, placesSpeakingOf } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader } from '../platform/database.ts';
import { type ClaimRow, claimColumns, claimOf } from './claim-row.ts';
import { type KnowledgeRow, knowledgeColumns, knowledgeTables } from './evidence-store.ts';
import { installedColumns } from './exposure-store.ts';
import { type SourceVersionRow, sourceVersionOf } from './judging-store.ts';

/** Source versions in any of these sets, and those named; of one source package alone where it is given. */
export async function readVersionsIn(
  reader: Reader,
  {
    sets,
    others,
    source,
  }: { readonly sets: readonly number[]; readonly others: readonly number[]; readonly source: string | undefined },
  limit: number,
): Promise<SourceVersionRow[]> {
  const { rows } = await sql<SourceVersionRow>`
    select ${installedColumns} from identification.source_version as version
    where not version.third_party and ${source === undefined ? sql`true` : sql`version.source = ${source}`} and (
      version.id = any(${others}::integer[]) or exists (
        select from identification.package_set_source as placed
        where placed.source_version_id = version.id and placed.set_id = any(${sets}::integer[])
      )
    )
    order by version.id limit ${limit}
  `.execute(reader);
  return rows;
}

/** Every claim that spoke of these versions then. */
export async function readClaimsThen(reader: Reader, versions: readonly SourceVersionRow[], at: Instant) {
  const asked = versions.flatMap((row) => placesSpeakingOf(sourceVersionOf(row)));
  const about = sql`(scope, package_name) in (
    select scope, name
    from unnest(${asked.map(({ scope }) => scope)}::text[], ${asked.map(({ name }) => name)}::text[]) as asked (scope, name)
  )`;
  // Each half has an index of its own.
  const { rows } = await sql<ClaimRow>`
    select ${claimColumns} from identification.claim
    where ${about} and valid_to is null and valid_from <= ${timestamp(at)}
    union all
    select ${claimColumns} from identification.claim
    where ${about} and valid_to > ${timestamp(at)} and valid_from <= ${timestamp(at)}
    order by id
  `.execute(reader);
  return rows.map(claimOf);
}

interface PlacedVersion {
  readonly version: number;
  /** Among its packages there is a kernel to boot. */
  readonly hasImage: boolean;
}

/** By package set: which of these versions it has. */
export async function readPlacesOf(
  reader: Reader,
  sets: readonly number[],
  versions: readonly number[],
): Promise<ReadonlyMap<number, readonly PlacedVersion[]>> {
  const { rows } = await sql<{ set: number; version: number; packages: readonly string[] }>`
    select set_id as set, source_version_id as version, packages from identification.package_set_source
    where set_id = any(${sets}::integer[]) and source_version_id = any(${versions}::integer[])
  `.execute(reader);
  const places = new Map<number, PlacedVersion[]>();
  for (const { set, version, packages } of rows) {
    const known = places.get(set) ?? [];
    known.push({ version, hasImage: packages.some(isKernelImage) });
    places.set(set, known);
  }
  return places;
}

/** What was listed as exploited by then, as far as it is still listed. */
export async function readExploitedThen(reader: Reader, at: Instant): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ vulnerability: string }>`
    select vulnerability from identification.known_exploited where added <= ${timestamp(at)}
  `.execute(reader);
  return new Set(rows.map(({ vulnerability }) => vulnerability));
}

/** What is known of each of these. */
export async function readKnowledgeOf(
  reader: Reader,
  vulnerabilities: readonly string[],
): Promise<ReadonlyMap<string, KnowledgeRow>> {
  const { rows } = await sql<KnowledgeRow & { readonly asked_for: string }>`
    select asked.vulnerability as asked_for, ${knowledgeColumns}
    from unnest(${vulnerabilities}::text[]) as asked (vulnerability) ${knowledgeTables('asked.vulnerability')}
  `.execute(reader);
  return new Map(rows.map((row) => [row.asked_for, row]));
}
