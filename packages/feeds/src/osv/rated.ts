import type { Advisory, ClaimAuthority } from '@patchsteward/core/1-identification';
import { levelOfWord, type RatingScale, type WrittenRating } from '@patchsteward/core/2-evaluation';
import type { Rated } from '../rated.ts';
import type { OsvRecord } from './schema.ts';

/** The scale that a vector of this type has, until it is weighed. // OSV severity[].type */
const SCALES: Readonly<Record<string, RatingScale>> = {
  CVSS_V2: 'cvss-2.0',
  CVSS_V3: 'cvss-3.1',
  CVSS_V4: 'cvss-4.0',
};

/** The databases that write records of registries, by how their ids begin. */
const AGGREGATORS: Readonly<Record<string, string>> = {
  GHSA: 'GitHub',
  PYSEC: 'PyPA',
  RUSTSEC: 'RustSec',
  GO: 'Go',
};

/** `Important: kernel security update`: rebuilds of Red Hat rate in the title alone. */
const TITLE_WORD = /^(critical|important|moderate|low)\s*:/i;

type Said = Pick<WrittenRating, 'scale' | 'vector' | 'stated'>;

/**
 * What a record says of how severe its vulnerabilities are; an advisory rates all that it bundles as its gravest. A
 * vendor speaks for its distribution, an aggregator for the vulnerability.
 */
export function ratedOf(
  record: OsvRecord,
  { id, vulnerabilities, modified, withdrawn }: Advisory,
  authority: ClaimAuthority,
  distributions: readonly string[],
): Rated[] {
  const said = withdrawn === null ? distinct(saidIn(record, authority)) : [];
  if (said.length === 0) return [];
  const raters: Pick<WrittenRating, 'voice' | 'source' | 'distribution'>[] =
    authority === 'aggregator'
      ? [{ voice: 'aggregator', source: AGGREGATORS[id.split('-')[0] ?? ''] ?? 'OSV', distribution: null }]
      : distributions.map((distribution) => ({ voice: 'vendor', source: distribution, distribution }));
  const ratings = raters.flatMap((rater) => said.map((one) => ({ ...rater, ...one, record: id, at: modified })));
  return vulnerabilities.map((vulnerability) => ({
    ...{ vulnerability, record: id, ratings, points: [], rejected: false, modified },
  }));
}

function saidIn({ severity, affected, database_specific, summary }: OsvRecord, authority: ClaimAuthority): Said[] {
  const rated = [...(severity ?? []), ...(affected ?? []).flatMap((one) => one.severity ?? [])];
  const title = authority === 'vendor-advisory' ? TITLE_WORD.exec(summary ?? '')?.[1] : undefined;
  const words = [
    ...rated.filter((one) => one?.type === 'Ubuntu').map((one) => one?.score),
    ...(affected ?? []).map(({ ecosystem_specific }) => ecosystem_specific?.urgency),
    database_specific?.severity,
    title,
  ].filter((word) => word !== undefined);
  return [
    ...rated.flatMap((one) => {
      const scale = one === null ? undefined : SCALES[one.type];
      return one === null || scale === undefined ? [] : [{ scale, vector: one.score, stated: UNSTATED }];
    }),
    ...words
      .filter((word) => levelOfWord(word) !== null)
      .map((level) => ({ scale: 'words' as const, vector: null, stated: { score: null, level } })),
  ];
}

const UNSTATED = { score: null, level: null };

function distinct(said: readonly Said[]): Said[] {
  return [...new Map(said.map((one) => [JSON.stringify(one), one])).values()];
}
