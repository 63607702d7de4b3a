import { isKernelImage, mainScopeOf } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { type SourceRow, sourceColumns } from './advisory-sources.ts';
import { type KnowledgeRow, knowledgeColumns, knowledgeTables } from './evidence-store.ts';
import type { ExposedRow, Placed, Placement } from './exposed-assets.ts';
import type { InstalledVersion, JudgedVersion } from './exposure-judging.ts';

export const installedColumns = sql`
  version.id, version.scope, version.source, version.version, version.architecture, version.built_from,
  version.has_version_of_source, version.third_party
`;

/** A channel of a release, such as Ubuntu Pro, speaks of packages on the release itself, too. */
function placesOf(claims: readonly { readonly scope: string; readonly packageName: string }[]) {
  const places = new Map<string, { readonly scope: string; readonly name: string }>();
  for (const { scope, packageName: name } of claims) {
    for (const one of [scope, mainScopeOf(scope)]) places.set(`${one} ${name}`, { scope: one, name });
  }
  return [...places.values()];
}

/** Everything of these packages on these releases that was ever installed. */
export async function readInstalled(
  reader: Reader,
  claims: readonly { readonly scope: string; readonly packageName: string }[],
): Promise<InstalledVersion[]> {
  const places = placesOf(claims);
  if (places.length === 0) return [];
  const { rows } = await sql<InstalledVersion>`
    select ${installedColumns}
    from unnest(${places.map(({ scope }) => scope)}::text[], ${places.map(({ name }) => name)}::text[])
      as named (scope, name)
    join identification.source_version as version on version.scope = named.scope and version.source = named.name
    union
    select ${installedColumns}
    from unnest(${places.map(({ scope }) => scope)}::text[], ${places.map(({ name }) => name)}::text[])
      as named (scope, name)
    -- What was built from nothing else is in no index; the look must say that it does not mean it.
    join identification.source_version as version on version.scope = named.scope and version.built_from = named.name
      and version.built_from <> ''
  `.execute(reader);
  return rows;
}

/** By package set, present and past: what it has of these. */
export async function readPlacement(reader: Reader, judged: ReadonlyMap<number, JudgedVersion>): Promise<Placement> {
  const sets = new Map<number, Placed[]>();
  const [kernels, others] = [true, false].map((wanted) =>
    [...judged.values()].filter(({ isKernel }) => isKernel === wanted).map(({ id }) => id),
  );
  const read = await Promise.all([
    // Which packages of a source a set has matters for kernels alone: of all others the index tells everything.
    readPlaces(reader, others ?? [], sql`null`),
    readPlaces(reader, kernels ?? [], sql`json_agg(packages)`),
  ]);
  for (const { sets: places, versions, packages } of read) {
    for (const [at, set] of places.entries()) {
      const version = judged.get(versions[at] ?? 0);
      if (version === undefined) continue;
      const placed = { version, hasImage: packages?.[at]?.some(isKernelImage) ?? false };
      const known = sets.get(set);
      if (known === undefined) sets.set(set, [placed]);
      else known.push(placed);
    }
  }
  for (const placed of sets.values()) placed.sort((one, other) => one.version.id - other.version.id);
  return { sets, versions: judged };
}

interface Places {
  readonly sets: readonly number[];
  readonly versions: readonly number[];
  readonly packages: readonly (readonly string[])[] | null;
}

/** As JSON texts: they are read in a fraction of the time that thousands of rows take. */
async function readPlaces(
  reader: Reader,
  versions: readonly number[],
  packages: RawBuilder<Places['packages']>,
): Promise<Places> {
  const nothing = { sets: [], versions: [], packages: null };
  if (versions.length === 0) return nothing;
  const { rows } = await sql<Places>`
    select coalesce(json_agg(set_id), '[]') as sets, coalesce(json_agg(source_version_id), '[]') as versions,
      ${packages} as packages
    from identification.package_set_source where source_version_id = any(${versions}::integer[])
  `.execute(reader);
  return rows[0] ?? nothing;
}

export async function readKnowledge(reader: Reader, vulnerability: string): Promise<KnowledgeRow> {
  const { rows } = await sql<KnowledgeRow>`
    select ${knowledgeColumns}
    from (values (${vulnerability})) as asked (vulnerability)
    ${knowledgeTables('asked.vulnerability')}
  `.execute(reader);
  const row = rows[0];
  if (row === undefined) throw new TypeError('a row of values is always there');
  return row;
}

/** What stands on the page beside the judgment. */
export interface RowDetails extends SourceRow {
  readonly packages: readonly string[];
  /** What is to be restarted where it was replaced and still runs. */
  readonly restarts: readonly string[];
  readonly held: readonly string[];
  readonly offers: readonly { readonly version: string; readonly origins: string[]; readonly phased: boolean }[];
  readonly advisory_seen: Instant | null;
  readonly advisory_url: string | null;
  readonly campaign_id: string | null;
  readonly campaign_title: string | null;
  readonly campaign_state: string | null;
}

/** For each of these, in their order. */
export async function readDetails(reader: Reader, rows: readonly ExposedRow[]): Promise<RowDetails[]> {
  if (rows.length === 0) return [];
  const versions = rows.map(({ placed }) => placed.version);
  const { rows: read } = await sql<RowDetails>`
    select coalesce(placed.packages::text[], running.packages, '{}') as packages, coalesce(running.users, '{}') as restarts,
      coalesce(placed.held, '{}') as held,
      coalesce((
        select json_agg(json_build_object('version', offer.source_version, 'origins', listed.origins, 'phased', listed.phased)
          order by offer.version_key desc)
        from identification.offer_set_offer as listed
        join identification.offer on offer.id = listed.offer_id
        where listed.set_id = asked.offer_set_id and offer.scope = asked.scope and offer.source = asked.source
          and offer.version_key >= asked.fixed_key
      ), '[]') as offers,
      advisory.first_seen as advisory_seen, advisory.reference_urls[1] as advisory_url, ${sourceColumns},
      campaign.id as campaign_id, campaign.title as campaign_title, campaign.state as campaign_state
    from unnest(
      ${rows.map(({ asset }) => asset.packageSet)}::integer[], ${rows.map(({ asset }) => asset.offerSet)}::integer[],
      ${versions.map(({ id }) => id)}::integer[],
      ${versions.map(({ scope }) => scope)}::text[], ${versions.map(({ source }) => source)}::text[],
      ${versions.map(({ fixedKey }) => (fixedKey === null ? null : Buffer.from(fixedKey)))}::bytea[],
      ${versions.map(({ winner }) => winner?.feed ?? null)}::text[],
      ${versions.map(({ winner }) => winner?.advisory ?? null)}::text[],
      ${rows.map(({ asset, placed }) => (placed.lingers === true ? asset.asset.id : null))}::uuid[]
    ) with ordinality
      as asked (
        package_set_id, offer_set_id, source_version_id, scope, source, fixed_key, feed, advisory, lingers_on, place
      )
    -- A set that is gone meanwhile leaves its place.
    left join identification.package_set_source as placed
      on placed.set_id = asked.package_set_id and placed.source_version_id = asked.source_version_id
    left join lateral (
      select one.packages, one.users from identification.check_in
      cross join jsonb_to_recordset(check_in.lingering) as one (version integer, packages text[], users text[])
      where check_in.asset_id = asked.lingers_on and one.version = asked.source_version_id
    ) as running on true
    -- Offset: left to itself the planner reads all advisories there are for a page.
    left join lateral (
      select first_seen, reference_urls, ${sourceColumns} from identification.advisory
      where advisory.feed = asked.feed and advisory.id = asked.advisory offset 0
    ) as advisory on true
    left join campaign.open_update as open on open.scope = asked.scope and open.source = asked.source
    left join campaign.campaign on campaign.id = open.campaign
    order by asked.place
  `.execute(reader);
  return read;
}

/** Assets that have something of one kind, and the source versions that are of it. */
export interface Sight {
  readonly kind: string;
  readonly assetIds: readonly string[];
  readonly versions: readonly number[];
}

/** By asset and kind: the first report with any of these source versions. */
export async function readFirstReports(
  reader: Reader,
  sights: readonly Sight[],
): Promise<ReadonlyMap<string, Instant>> {
  const first = new Map<string, Instant>();
  for (const { kind, assetIds, versions } of sights) {
    const { rows } = await sql<{ asset_id: string; first: Instant }>`
      select asset_id, min(valid_from) as first from identification.inventory_history as had
      where asset_id = any(${assetIds}::uuid[]) and exists (
        select from identification.package_set_source as placed
        where placed.set_id = had.package_set_id and placed.source_version_id = any(${versions}::integer[])
      )
      group by asset_id
    `.execute(reader);
    for (const row of rows) first.set(`${row.asset_id} ${kind}`, row.first);
  }
  return first;
}
