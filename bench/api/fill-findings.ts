import { sql } from 'kysely';
import type { Tx } from '../../packages/server/src/platform/database.ts';
import { FEED, FIXED, FIXED_IN, type Fleet, VULNERABILITIES_OF_SOURCE, versionKey, vulnerabilityOf } from './fleet.ts';

/** One vulnerability in so many is known to be exploited, as in the catalogs of today. */
const EXPLOITED_ONE_IN = 40;
/** Security has said something of one in so many. */
const JUDGED_ONE_IN = 20;

const advisory = sql`case scope when 'debian:11' then 'DLA-' else 'DSA-' end || (1000 + source_no) || '-1'`;

export async function fillFeed(tx: Tx, { sources }: Fleet): Promise<void> {
  const vulnerabilities = sources * VULNERABILITIES_OF_SOURCE;
  await sql`
    insert into identification.feed (id, imported_at, data_as_of, confirmed_at, records)
    values (${FEED}, now(), now(), now(), ${sources * 2})
  `.execute(tx);
  await sql`
    insert into identification.feed_scope (feed, scope) values (${FEED}, 'debian:11'), (${FEED}, 'debian:12')
  `.execute(tx);
  await sql`
    insert into identification.advisory (feed, id, summary, published, published_precision, aliases, reference_urls,
      revision, first_seen)
    select ${FEED}, ${advisory}, 'A security update', now() - (source_no * 7 % 90) * interval '1 day', 'time', '{}',
      array['https://advisories.example.org/' || source_no], source_no::text,
      now() - (source_no * 7 % 90) * interval '1 day' + interval '1 hour'
    from generate_series(1, ${sources}::integer) as source_no
    cross join (values ('debian:11'), ('debian:12')) as release (scope)
  `.execute(tx);
  await sql`
    insert into identification.known_exploited (vulnerability, added, ransomware, name)
    select ${vulnerabilityOf(sql`n`)}, current_date - 10, false, 'Exploited'
    from generate_series(7, ${vulnerabilities}::integer, ${EXPLOITED_ONE_IN}::integer) as n
  `.execute(tx);
  await sql`
    insert into identification.epss (vulnerability, score, percentile, model, score_date)
    select ${vulnerabilityOf(sql`n`)}, (n * 613 % 997) / 1000.0, (n * 613 % 997) / 1000.0, 'v2026', current_date
    from generate_series(1, ${vulnerabilities}::integer) as n
  `.execute(tx);
  await sql`
    with judged as (
      insert into identification.severity_judgment (vulnerability, severity, why, person, person_name, at)
      select ${vulnerabilityOf(sql`n`)}, (array['low', 'medium', 'high'])[1 + n % 3], 'Not reachable from outside', 'sam',
        'Sam', now() - n * interval '1 minute'
      from generate_series(11, ${vulnerabilities}::integer, ${JUDGED_ONE_IN}::integer) as n
      returning id, vulnerability, severity, why, person, person_name, at
    )
    insert into identification.said_severity (judgment, vulnerability, severity, why, person, person_name, at)
    select id, vulnerability, severity, why, person, person_name, at from judged
  `.execute(tx);
}

/** What each advisory claims, and on which versions that is a finding: those below the fix. */
export async function fillFindings(tx: Tx, { sources }: Fleet): Promise<void> {
  await sql`
    insert into identification.claim (feed, advisory, vulnerability, scope, package_kind, package_name, status, ranges,
      versions, authority, published, published_precision, valid_from)
    select ${FEED}, ${advisory}, ${vulnerabilityOf(sql`${VULNERABILITIES_OF_SOURCE}::integer * (source_no - 1) + k`)}, scope,
      'source', source, 'affected', jsonb_build_array(jsonb_build_object('introduced', '0', 'fixed', ${FIXED}::text,
        'lastAffected', null)),
      '{}'::text[], 'vendor', now() - (source_no * 7 % 90) * interval '1 day', 'time', now()
    from (select distinct scope, source, source_no from chosen where source_no <= ${sources}) as used
    cross join generate_series(1, ${VULNERABILITIES_OF_SOURCE}::integer) as k
  `.execute(tx);
  await sql`
    insert into identification.finding (source_version_id, vulnerability, affected, claim_id, status, fixed, fixed_key, why,
      losing, released_at, released_precision, told_at, judged_at)
    select version.id, claim.vulnerability, true, claim.id, 'affected', ${FIXED},
      decode(${versionKey(FIXED)}, 'hex'), claim.advisory || ' names it, and ' || version.version || ' is below ' || ${FIXED}::text,
      '[]', claim.published, 'time', now(), now()
    from (
      select distinct scope, source, '1.' || version_no || '-1' as version from chosen where version_no < ${FIXED_IN}
    ) as old
    join identification.source_version as version using (scope, source, version)
    join identification.claim on claim.scope = old.scope and claim.package_name = old.source
  `.execute(tx);
  await sql`analyze identification.finding`.execute(tx);
  await sql`
    update identification.package_set set findings = counted.findings, known_exploited = counted.exploited
    from (
      select placed.set_id, count(*) as findings, count(distinct known.vulnerability) as exploited
      from identification.package_set_source as placed
      join identification.finding on finding.source_version_id = placed.source_version_id
      left join identification.known_exploited as known on known.vulnerability = finding.vulnerability
      group by placed.set_id
    ) as counted
    where counted.set_id = package_set.id
  `.execute(tx);
}
