import { type Advisory, type Claim, isModularBuild, modularKey } from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { Instant } from '@patchsteward/core/vocabulary';
import { instantOf, instantOfDay } from '../instant.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import { fixedRangesOf } from '../rpm-fixes.ts';
import { scopeOfBuild } from './scope.ts';
import { AFTERWARDS, type UpdateCollection, type UpdatePackage, type UpdateRecord } from './update-record.ts';

const FEED = 'updateinfo';

export interface UpdateClaims {
  readonly advisory: Advisory;
  readonly claims: readonly Claim[];
  readonly quarantined: readonly Quarantined[];
}

/** What a list of updates says of one: below its builds everything is affected. null: it mends nothing but bugs. */
export function claimsOf(update: UpdateRecord): UpdateClaims | null {
  const vulnerabilities = vulnerabilitiesOf(update);
  if (vulnerabilities.length === 0) return null;
  const advisory = advisoryOf(update, vulnerabilities);
  const problems = new Set<string>();
  const builds = buildsOf(update, problems);
  const claims = [...Map.groupBy(builds, ({ scope, name }) => `${scope} ${name}`).values()].flatMap((group) =>
    claimsOfPackage(group, advisory),
  );
  return { advisory, claims, quarantined: [...problems].map((problem) => quarantined(update.id, problem)) };
}

const CVE = /\bCVE-\d{4}-\d{4,}\b/g;

/** A security update that names none is about something without a CVE, and lends it its own name. */
function vulnerabilitiesOf({ id, type, references }: UpdateRecord): string[] {
  const named = references.flatMap((reference) => `${reference.id} ${reference.title}`.match(CVE) ?? []);
  if (named.length > 0) return [...new Set(named)].sort();
  return type === 'security' ? [id] : [];
}

function advisoryOf(update: UpdateRecord, vulnerabilities: readonly string[]): Advisory {
  const issued = instantOfDate(update.issued);
  const updated = instantOfDate(update.updated);
  return {
    feed: FEED,
    id: update.id,
    summary: [update.title, noteOf(update)].filter((part) => part !== '').join(' '),
    published: issued,
    publishedPrecision:
      /\d{2}:\d{2}:\d{2}/.test(update.issued ?? '') && !/00:00:00/.test(update.issued ?? '') ? 'time' : 'day',
    // Some write an update of the year 1970 where there was none.
    modified: updated === null || (issued !== null && updated < issued) ? issued : updated,
    withdrawn: null,
    aliases: [],
    vulnerabilities,
    references: update.references.map(({ href }) => href).filter((href) => href !== ''),
  };
}

/** The vendor's note on what is to be done once it is installed. // SOP P6.2 */
function noteOf({ collections }: UpdateRecord): string {
  const advised = new Set(collections.flatMap(({ packages }) => packages.flatMap(({ afterwards }) => afterwards)));
  const words = AFTERWARDS.filter((what) => advised.has(what));
  return words.length === 0 ? '' : `(${words.join(', ')} suggested)`;
}

/** `2024-05-23 00:00:00`, `2024-05-23`, seconds since 1970, or RFC 3339. */
function instantOfDate(text: string | null): Instant | null {
  if (text === null || text === '') return null;
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1_000;
  const zoned = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) ? `${text}Z` : text.replace(/ UTC$/, 'Z');
  return instantOf(zoned) ?? instantOfDay(text.slice(0, 10));
}

interface Build {
  readonly scope: string;
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}

function buildsOf({ id, collections }: UpdateRecord, problems: Set<string>): Build[] {
  return collections.flatMap((collection) =>
    collection.packages.flatMap((one) => {
      if (one.architecture === 'src' || one.architecture === 'nosrc') return [];
      const build = buildOf(id, collection, one);
      if (typeof build !== 'string') return [build];
      problems.add(build);
      return [];
    }),
  );
}

function buildOf(id: string, { name: collection, module }: UpdateCollection, one: UpdatePackage): Build | string {
  const { name, version, architecture } = one;
  if (name === '' || !VERSION_ORDERS.rpm.isValid(version)) return `${name} ${version} is no package in a version`;
  const scope = scopeOfBuild(id, collection, version);
  if (scope === null) return `${name} ${version} says no release that it was built for`;
  // Packages without a module stand in the collection of one as well. // modulemd
  const isModular = isModularBuild(version);
  if (isModular && module === null) return `${name} ${version} was built for a module that nobody names`;
  return { scope, name: modularKey(isModular ? module : null, name), version, architecture };
}

function claimsOfPackage(builds: readonly Build[], advisory: Advisory): Claim[] {
  const [first] = builds;
  if (first === undefined) return [];
  return fixedRangesOf(builds).flatMap(({ architectures, ranges }) =>
    advisory.vulnerabilities.map((vulnerability) => ({
      feed: FEED,
      advisory: advisory.id,
      authority: 'vendor-advisory' as const,
      vulnerability,
      scope: first.scope,
      packageKind: 'binary' as const,
      packageName: first.name,
      status: 'affected' as const,
      ranges,
      versions: [],
      published: advisory.published,
      publishedPrecision: advisory.publishedPrecision,
      modified: advisory.modified,
      withdrawn: null,
      ...(architectures === null ? {} : { architectures }),
    })),
  );
}
