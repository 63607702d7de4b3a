import { PRODUCT_SCOPE } from '@patchsteward/core/1-identification';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import type { NamesInText } from './announcement-words.ts';

/** A person chooses among so many at most. */
const SUGGESTIONS_MAX = 20;
const VERSIONS_SHOWN_MAX = 5;

export interface SuggestionRow {
  readonly scope: string;
  readonly source: string;
  readonly versions: readonly string[];
  readonly assets: number;
}

/** What assets have installed whose names a text may mean, those of most assets first. */
export async function readSuggestions(reader: Reader, names: NamesInText): Promise<SuggestionRow[]> {
  const { rows } = await sql<SuggestionRow>`
    with meant as materialized (
      select id, scope, source, version from identification.source_version
      where (scope = ${PRODUCT_SCOPE} and split_part(source, '/', 2) = any(${names.products}::text[]))
        or (scope <> ${PRODUCT_SCOPE} and source = any(${names.packages}::text[]))
    )
    select meant.scope, meant.source, (array_agg(distinct meant.version))[1:${VERSIONS_SHOWN_MAX}] as versions,
      count(distinct check_in.asset_id) as assets
    from meant
    join identification.package_set_source as placed on placed.source_version_id = meant.id
    join identification.check_in on check_in.package_set_id = placed.set_id
    join identification.asset on asset.id = check_in.asset_id and asset.removed_at is null
    group by meant.scope, meant.source
    order by meant.scope <> ${PRODUCT_SCOPE}, count(distinct check_in.asset_id) desc, meant.scope, meant.source
    limit ${SUGGESTIONS_MAX}
  `.execute(reader);
  return rows;
}
