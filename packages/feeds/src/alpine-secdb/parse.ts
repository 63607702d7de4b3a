import { type Claim, claimScope } from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import { z } from 'zod';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { parseJson } from '../json.ts';
import { NameText } from '../name-text.ts';
import type { Advisories } from '../osv/parse.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';

// What we read of a security database of Alpine or of a distribution made like it (Wolfi). // apk-tools secdb
const Database = z.object({
  distroversion: NameText.optional(),
  reponame: NameText,
  urlprefix: z.string(),
  packages: z.array(z.unknown()),
});
type Database = z.infer<typeof Database>;

/** A version of `0` holds what the package was never affected by. */
const Package = z.object({
  pkg: z.object({ name: NameText, secfixes: z.record(NameText, z.array(NameText).nullable()) }),
});

const NEVER_AFFECTED = '0';
/** One text may hold several names and remarks: `CVE-2019-6110 CVE-2019-6111 (+ regression fix)`. */
const NAMES = /\b(?:CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}|XSA-\d+|ZBX-\d+|GO-\d{4}-\d+)\b/g;

/** Reads one security database, or an object of several by name. Its fixes are the vendor's word on each vulnerability. */
export function parseAlpineSecdb(bytes: Uint8Array): Advisories {
  const value = parseJson(unpacked(bytes), 'the file');
  const single = Database.safeParse(value);
  const databases = single.success ? [single.data] : severalIn(value);
  const claims: Claim[] = [];
  const refused: Quarantined[] = [];
  for (const database of databases) readDatabase(database, claims, refused);
  if (claims.length === 0) throw new FeedUnreadable('not-this-feed', 'the file names no fix of any package');
  // A database has no dates, and no advisories beside itself.
  return { advisories: [], claims, quarantined: refused, dataAsOf: null };
}

function severalIn(value: unknown): Database[] {
  const several = z.record(z.string(), Database).safeParse(value);
  if (several.success) return Object.values(several.data);
  throw new FeedUnreadable('not-this-feed', 'the file is no security database of Alpine');
}

function readDatabase(database: Database, claims: Claim[], refused: Quarantined[]): void {
  const distribution = /wolfi|chainguard/.exec(database.urlprefix)?.[0] ?? 'alpine';
  const scope = claimScope(distribution, database.distroversion ?? null);
  const advisory = `secdb ${scope ?? database.distroversion ?? ''}/${database.reponame}`;
  if (scope === null) {
    refused.push(quarantined(advisory, 'it names no release'));
    return;
  }
  for (const [index, item] of database.packages.entries()) {
    const read = Package.safeParse(item);
    if (!read.success) {
      refused.push(quarantined(`${advisory} package ${index + 1}`, 'it is no package with its fixes'));
      continue;
    }
    const { name, secfixes } = read.data.pkg;
    for (const [version, texts] of Object.entries(secfixes)) {
      if (version !== NEVER_AFFECTED && !VERSION_ORDERS.apk.isValid(version)) {
        refused.push(quarantined(`${advisory} ${name}`, `${version} is no version`));
        continue;
      }
      for (const vulnerability of new Set((texts ?? []).flatMap((text) => text.match(NAMES) ?? []))) {
        claims.push(claimOf(scope, advisory, name, version, vulnerability));
      }
    }
  }
}

function claimOf(scope: string, advisory: string, packageName: string, fixed: string, vulnerability: string): Claim {
  const never = fixed === NEVER_AFFECTED;
  return {
    feed: 'alpine-secdb',
    advisory,
    authority: 'vendor-status',
    vulnerability,
    scope,
    packageKind: 'source',
    packageName,
    status: never ? 'not_affected' : 'affected',
    ranges: never ? [] : [{ introduced: null, fixed, lastAffected: null }],
    versions: [],
    published: null,
    publishedPrecision: 'day',
    modified: null,
    withdrawn: null,
  };
}
