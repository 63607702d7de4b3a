import type { Advisory, Claim } from '@patchsteward/core/1-identification';
import { familyOf } from '../family.ts';
import { instantOf } from '../instant.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import type { Rated } from '../rated.ts';
import type { OsvDialect, OsvPlace } from './dialect.ts';
import { ownSayings } from './own-claims.ts';
import type { OwnRecord } from './own-schema.ts';
import { ratedOf } from './rated.ts';
import type { OsvAffected, OsvRecord } from './schema.ts';
import { statementOf } from './statement.ts';

/** Enough of the details where there is no summary. */
const SUMMARY_CHARACTERS_MAX = 200;

export interface RecordClaims {
  readonly rated: readonly Rated[];
  readonly advisory: Advisory;
  readonly claims: readonly Claim[];
  readonly quarantined: readonly Quarantined[];
}

/** What one OSV record says, as claims: one per release, package and vulnerability. */
export function claimsOf(record: OsvRecord, dialect: OsvDialect): RecordClaims {
  const own = record.database_specific?.patchsteward;
  if (own !== undefined) return claimsOfOwn(record, own, dialect);
  const refused: Quarantined[] = [];
  const places: [OsvPlace, Pick<Claim, 'status' | 'ranges' | 'versions'>][] = [];
  for (const affected of record.affected ?? []) {
    const found = dialect.placesOf(affected, record);
    if (typeof found === 'string') refused.push(quarantined(nameOf(record, affected), found));
    else {
      for (const place of found) {
        const said = statementOf(affected, place);
        if (typeof said === 'string') refused.push(quarantined(nameOf(record, affected), said));
        else places.push([place, said]);
      }
    }
  }
  const advisory = advisoryOf(record, places[0]?.[0].feed ?? dialect.feed, dialect);
  const authority = dialect.authorityOf(record);
  const claims = places.flatMap(([{ feed, scope, packageKind, packageName }, said]) =>
    advisory.vulnerabilities.map((vulnerability) => ({
      feed,
      advisory: record.id,
      authority,
      vulnerability,
      scope,
      packageKind,
      packageName,
      ...said,
      published: advisory.published,
      publishedPrecision: advisory.publishedPrecision,
      modified: advisory.modified,
      withdrawn: advisory.withdrawn,
    })),
  );
  const distributions = [...new Set(places.map(([{ scope }]) => familyOf(scope)))];
  return { advisory, claims, rated: ratedOf(record, advisory, authority, distributions), quarantined: refused };
}

/** A record that was exported here says itself as what everything was judged; nothing is read out of names again. */
function claimsOfOwn(record: OsvRecord, own: OwnRecord, dialect: OsvDialect): RecordClaims {
  const advisory = { ...advisoryOf(record, own.feed, dialect), vulnerabilities: own.vulnerabilities };
  const sayings = ownSayings(record.affected ?? [], own);
  const said = sayings.filter((one) => typeof one !== 'string');
  const { feed, id, published, publishedPrecision, modified, withdrawn } = advisory;
  const claims = said.flatMap((one) =>
    own.vulnerabilities.map((vulnerability) => ({
      ...{ feed, advisory: id, vulnerability, ...one, published, publishedPrecision, modified, withdrawn },
    })),
  );
  const distributions = [...new Set(said.map(({ scope }) => familyOf(scope)))];
  const refused = sayings.filter((one) => typeof one === 'string').map((problem) => quarantined(id, problem));
  const rated = ratedOf(record, advisory, said[0]?.authority ?? 'aggregator', distributions);
  return { advisory, claims, rated, quarantined: refused };
}

function nameOf({ id }: OsvRecord, { package: { ecosystem, name } }: OsvAffected): string {
  return `${id}: ${ecosystem} ${name}`;
}

function advisoryOf(record: OsvRecord, feed: string, dialect: OsvDialect): Advisory {
  const published = record.published == null ? null : instantOf(record.published);
  return {
    feed,
    id: record.id,
    summary: record.summary ?? firstLine(record.details ?? ''),
    published,
    // Distributions' lists of advisories have days; their converters write midnight for them.
    publishedPrecision: /T00:00:00(?:\.0+)?Z$/.test(record.published ?? '') ? 'day' : 'time',
    modified: record.modified == null ? null : instantOf(record.modified),
    withdrawn: record.withdrawn == null ? null : instantOf(record.withdrawn),
    aliases: record.aliases ?? [],
    vulnerabilities: dialect.vulnerabilitiesOf(record),
    references: (record.references ?? []).map(({ url }) => url),
  };
}

function firstLine(details: string): string {
  const line = details.slice(0, SUMMARY_CHARACTERS_MAX + 1).split('\n')[0] ?? '';
  return line.length > SUMMARY_CHARACTERS_MAX ? `${line.slice(0, SUMMARY_CHARACTERS_MAX)}…` : line;
}
