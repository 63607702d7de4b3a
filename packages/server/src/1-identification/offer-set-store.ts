import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Db, Reader, Tx } from '../platform/database.ts';
import { inTransaction } from '../platform/transaction.ts';
import type { Listing, SetOffer } from './offer-set.ts';

/** An origin is `<site> <suite>/<component>`: it has spaces, and stands on one line. */
const BETWEEN_ORIGINS = '\n';

async function findOfferSet(db: Reader, hash: string, scope: string | null): Promise<number | undefined> {
  const row = await db
    .selectFrom('identification.offer_set')
    .select('id')
    .where('hash', '=', hash)
    .where('scope', scope === null ? 'is' : '=', scope)
    .executeTakeFirst();
  return row?.id;
}

export interface NewOfferSet {
  readonly hash: string;
  readonly scope: string | null;
  /** null where the package manager of the host gave no answer. */
  readonly updates: number | null;
  readonly offers: readonly SetOffer[];
}

/** The set of offers for this section on this release: made, or found where another host was faster. */
export async function ensureOfferSet(db: Db, set: NewOfferSet): Promise<number> {
  if (set.scope !== null) await insertOffers(db, set.scope, set.offers);
  const made = await inTransaction(db, (tx) => insertOfferSet(tx, set));
  const id = made ?? (await findOfferSet(db, set.hash, set.scope));
  if (id === undefined) throw new Error(`the offer set of ${set.hash} is neither made nor found`);
  return id;
}

/** Those that are not there yet, in the order given, which is the same for every host. */
async function insertOffers(db: Db, scope: string, offers: readonly SetOffer[]): Promise<void> {
  await sql`
    insert into identification.offer (scope, source, source_version, version_key)
    select ${scope}, source, source_version, version_key
    from unnest(
      ${offers.map((one) => one.source)}::text[],
      ${offers.map((one) => one.sourceVersion)}::text[],
      ${offers.map((one) => Buffer.from(one.versionKey))}::bytea[]
    ) with ordinality as wanted (source, source_version, version_key, place)
    where not exists (
      select from identification.offer as known
      where known.scope = ${scope} and known.source = wanted.source and known.source_version = wanted.source_version
    )
    order by place
    on conflict (scope, source, source_version) do nothing
  `.execute(db);
}

async function insertOfferSet(tx: Tx, { hash, scope, updates, offers }: NewOfferSet): Promise<number | undefined> {
  const made = await tx
    .insertInto('identification.offer_set')
    .values({ hash, scope, updates })
    .onConflict((conflict) => conflict.columns(['hash', 'scope']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) return undefined;
  // No name of a package holds a space.
  await sql`
    insert into identification.offer_set_offer (set_id, offer_id, packages, kind, origins, phased)
    select ${made.id}, offer.id, string_to_array(wanted.packages, ' '), wanted.kind,
      string_to_array(wanted.origins, ${BETWEEN_ORIGINS}), wanted.phased
    from unnest(
      ${offers.map((one) => one.source)}::text[],
      ${offers.map((one) => one.sourceVersion)}::text[],
      ${offers.map((one) => one.packages.join(' '))}::text[],
      ${offers.map((one) => one.kind)}::text[],
      ${offers.map((one) => one.origins.join(BETWEEN_ORIGINS))}::text[],
      ${offers.map((one) => one.phased)}::boolean[]
    ) as wanted (source, source_version, packages, kind, origins, phased)
    cross join lateral (
      select id from identification.offer
      where scope = ${scope} and source = wanted.source and source_version = wanted.source_version
      limit 1
    ) as offer
  `.execute(tx);
  return made.id;
}

/**
 * Keeps the earliest signed index in which any host saw a version. Rows that are there and no later are not touched: an
 * upsert would lock each of them, and five hundred hosts of one release would queue up. // SOP P1.1
 */
export async function keepEarliestListings(
  db: Db,
  scope: string,
  listings: readonly Listing[],
  now: Instant,
): Promise<void> {
  if (listings.length === 0) return;
  await sql`
    insert into identification.first_listed (scope, source, source_version, index_date, origin)
    select ${scope}, source, source_version, index_date, origin
    from unnest(
      ${listings.map((one) => one.source)}::text[],
      ${listings.map((one) => one.sourceVersion)}::text[],
      ${listings.map((one) => new Date(one.indexDate).toISOString())}::timestamptz[],
      ${listings.map((one) => one.origin)}::text[]
    ) with ordinality as seen (source, source_version, index_date, origin, place)
    where index_date <= ${timestamp(now)} and not exists (
      select from identification.first_listed as known
      where known.scope = ${scope} and known.source = seen.source
        and known.source_version = seen.source_version and known.index_date <= seen.index_date
    )
    order by place
    on conflict (scope, source, source_version) do update
    set index_date = excluded.index_date, origin = excluded.origin
    where excluded.index_date < first_listed.index_date
  `.execute(db);
}
