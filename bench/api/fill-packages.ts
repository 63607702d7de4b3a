import { sql } from 'kysely';
import type { Tx } from '../../packages/server/src/platform/database.ts';
import {
  COMMON,
  COMMON_OLD_OF_SET,
  dice,
  FIXED_IN,
  type Fleet,
  PLAIN_OFFERS_OF_SET,
  RARE_OLD_OF_SET,
  RELEASES,
  SOURCES_OF_SET,
  sectionHash,
  VERSIONS_OF_SOURCE,
  versionKey,
  versionOf,
} from './fleet.ts';

/** None of them divides the number of rare source packages, so that a walk by one of them meets none twice. */
const STRIDES = [1, 3, 7, 9, 11, 13, 17, 19, 21, 23, 27, 29];

/**
 * Which source packages a set has, in which version. Every set has the common ones and walks through the rare ones from
 * a place of its own; which are old, and how old, is a matter of dice, so that neighbors have nothing in common.
 */
export async function choosePackages(tx: Tx, { packageSets, sources }: Fleet): Promise<void> {
  const common = COMMON.length;
  const rare = sources - common;
  const oldStep = Math.floor((common - 1) / (COMMON_OLD_OF_SET - 1));
  await sql`
    create temporary table chosen on commit drop as
    with drawn as (
      select n as set_no, case when n % 4 = 0 then 'debian:11' else 'debian:12' end as scope,
        ${dice(sql`'start ' || n`, rare)} as start,
        (${sql.lit(`{${STRIDES.join()}}`)}::integer[])[1 + ${dice(sql`'stride ' || n`, STRIDES.length)}] as stride,
        ${dice(sql`'old ' || n`, common - 1)} as old_from
      from generate_series(1, ${packageSets}::integer) as n
    ), placed as (
      select set_no, scope, source_no, source_no = 1 or (
          (source_no - 2 - old_from + ${sql.lit(common - 1)}) % ${sql.lit(common - 1)} % ${sql.lit(oldStep)} = 0
          and (source_no - 2 - old_from + ${sql.lit(common - 1)}) % ${sql.lit(common - 1)}
            < ${sql.lit(oldStep * (COMMON_OLD_OF_SET - 1))}
        ) as old, false as plain
      from drawn cross join generate_series(1, ${sql.lit(common)}) as source_no
      union all
      select set_no, scope, ${sql.lit(common)} + 1 + (start + at * stride) % ${sql.lit(rare)} as source_no,
        at < ${sql.lit(RARE_OLD_OF_SET)} as old,
        at between ${sql.lit(RARE_OLD_OF_SET)} and ${sql.lit(RARE_OLD_OF_SET + PLAIN_OFFERS_OF_SET - 1)} as plain
      from drawn cross join generate_series(0, ${sql.lit(SOURCES_OF_SET - common - 1)}) as at
    )
    select set_no, scope, source_no,
      coalesce((${sql.lit(`{${COMMON.join()}}`)}::text[])[source_no], 'source-' || source_no) as source, old,
      old or plain as offered,
      case when old then 1 + ${dice(sql`set_no || ' below ' || source_no`, FIXED_IN - 1)}
        else ${sql.lit(FIXED_IN)} + ${dice(sql`set_no || ' from ' || source_no`, VERSIONS_OF_SOURCE - FIXED_IN + 1)}
      end as version_no
    from placed
  `.execute(tx);
  await sql`create index on chosen (set_no)`.execute(tx);
  await sql`analyze chosen`.execute(tx);
}

/** Package sets as hosts report them, and as judging sees them. */
export async function fillSets(tx: Tx): Promise<void> {
  await fillVersions(tx);
  const release = sql`${JSON.stringify(Object.fromEntries(RELEASES.map((one) => [`debian:${one.versionId}`, one])))}::jsonb -> scope`;
  await sql`
    insert into identification.section (hash, name, body, stored_at)
    select ${sectionHash(sql`'packages ' || set_no`)}, 'packages', jsonb_build_object(
      'ecosystem', 'deb', 'release', ${release}, 'publishers', '[]'::jsonb, 'packages', jsonb_agg(jsonb_build_object(
        'name', source, 'version', '1.' || version_no || '-1', 'architecture', 'amd64', 'source', source,
        'sourceVersion', '1.' || version_no || '-1', 'state', 'installed', 'hold', false, 'origins', null) order by source)),
      now()
    from chosen group by set_no, scope
  `.execute(tx);
  await sql`
    insert into identification.package_set (hash, ecosystem, release, scope, packages, judged_at, count_needed)
    select ${sectionHash(sql`'packages ' || set_no`)}, 'deb', ${release}, scope, count(*), now(), false
    from chosen group by set_no, scope order by set_no
  `.execute(tx);
  await sql`
    insert into identification.package_set_source (set_id, source_version_id, packages)
    select package_set.id, version.id, array[chosen.source]
    from chosen
    join identification.package_set on package_set.hash = ${sectionHash(sql`'packages ' || chosen.set_no`)}
    join identification.source_version as version on version.scope = chosen.scope and version.source = chosen.source
      and version.version = '1.' || chosen.version_no || '-1'
    order by package_set.id, version.id
  `.execute(tx);
}

async function fillVersions(tx: Tx): Promise<void> {
  const versions = Array.from({ length: VERSIONS_OF_SOURCE }, (_, at) => versionOf(at + 1));
  await sql`
    insert into identification.source_version (scope, source, version, version_key, third_party, judge_needed)
    select scope, source, version, decode(key, 'hex'), false, false
    from (select distinct scope, source, '1.' || version_no || '-1' as version from chosen) as used
    join unnest(${versions}::text[], ${versions.map(versionKey)}::text[]) as known (version, key) using (version)
    order by scope, source, version
  `.execute(tx);
  await sql`analyze identification.source_version`.execute(tx);
}
