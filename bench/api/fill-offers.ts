import { sql } from 'kysely';
import type { Tx } from '../../packages/server/src/platform/database.ts';
import { OFFERED, sectionHash, VENDOR_INDEX, versionKey } from './fleet.ts';

const ORIGINS = {
  origins: [
    {
      ...{ id: VENDOR_INDEX, publisher: 'Debian', label: 'Debian-Security', suite: 'stable-security' },
      ...{ codename: 'stable-security', date: Date.UTC(2026, 9, 1), validUntil: null, signed: true },
    },
  ],
};

/** Hosts with one package set are offered the same: a newer version of what is old, and of some more. */
export async function fillOffers(tx: Tx): Promise<void> {
  await sql`
    insert into identification.section (hash, name, body, stored_at) values
      (${sectionHash(sql`'origins'`)}, 'origins', ${JSON.stringify(ORIGINS)}::jsonb, now())
  `.execute(tx);
  await sql`
    insert into identification.section (hash, name, body, stored_at)
    select ${sectionHash(sql`'updates ' || set_no`)}, 'updates', jsonb_build_object('unanswered', null, 'updates',
      jsonb_agg(jsonb_build_object('name', source, 'architecture', 'amd64', 'from', '1.' || version_no || '-1',
        'to', ${OFFERED}::text, 'source', source, 'sourceVersion', ${OFFERED}::text,
        'origins', jsonb_build_array(${VENDOR_INDEX}::text), 'sha256', null, 'sizeBytes', null, 'phased', false) order by source)),
      now()
    from chosen where offered group by set_no
  `.execute(tx);
  await sql`
    insert into identification.offer (scope, source, source_version, version_key, first_seen)
    select scope, source, ${OFFERED}, decode(${versionKey(OFFERED)}, 'hex'), now() - interval '1 day'
    from chosen where offered group by scope, source order by scope, source
  `.execute(tx);
  await sql`
    insert into identification.first_listed (scope, source, source_version, index_date, origin)
    select scope, source, source_version, first_seen, ${VENDOR_INDEX} from identification.offer
  `.execute(tx);
  await sql`
    insert into identification.offer_set (hash, scope, updates)
    select ${sectionHash(sql`'updates ' || set_no`)}, scope, count(*)
    from chosen where offered group by set_no, scope order by set_no
  `.execute(tx);
  await sql`
    insert into identification.offer_set_offer (set_id, offer_id, packages, kind)
    select offer_set.id, offer.id, array[chosen.source], case when chosen.old then 'security' else 'bugfix' end
    from chosen
    join identification.offer_set on offer_set.hash = ${sectionHash(sql`'updates ' || chosen.set_no`)}
    join identification.offer on offer.scope = chosen.scope and offer.source = chosen.source
    where chosen.offered
    order by offer_set.id, offer.id
  `.execute(tx);
}
