import { type Claim, claimScopeOf } from '@patchsteward/core/1-identification';
import { levelOfWord } from '@patchsteward/core/2-evaluation';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import { z } from 'zod';
import { unpacked } from '../archive/unpack.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { parseJson } from '../json.ts';
import { NameText } from '../name-text.ts';
import type { Advisories } from '../osv/parse.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import type { Rated } from '../rated.ts';

const FEED = 'debian-tracker';

// What we read of the tracker's JSON. // https://security-tracker.debian.org/tracker/data/json
const Issue = z.object({
  releases: z.record(
    NameText,
    z.object({
      status: NameText,
      fixed_version: NameText.optional(),
      urgency: z.string().optional(),
      /** Minor: no advisory of its own, perhaps a point release. */
      nodsa: z.string().optional(),
      /** `postponed`: with a later update; `ignored`: no fix will come on this release. Empty: minor, and no more is said. */
      nodsa_reason: z.string().optional(),
    }),
  ),
});
type Release = z.infer<typeof Issue>['releases'][string];

type Saying = Pick<Claim, 'status' | 'ranges'>;

/** Reads the tracker: source, vulnerability, release. What it says of one of these stands against every advisory. */
export function parseDebianTracker(bytes: Uint8Array): Advisories {
  const sources = z.record(z.string(), z.unknown()).safeParse(parseJson(unpacked(bytes), 'the file'));
  if (!sources.success) throw new FeedUnreadable('not-this-feed', 'the file is not the JSON of the tracker');
  const claims: Claim[] = [];
  const refused: Quarantined[] = [];
  const rated = new Map<string, Rated>();
  for (const [source, issues] of Object.entries(sources.data)) readSource(source, issues, { claims, refused, rated });
  if (claims.length === 0) throw new FeedUnreadable('not-this-feed', 'the file holds no status of any vulnerability');
  return { advisories: [], claims, rated: [...rated.values()], quarantined: refused, dataAsOf: null };
}

interface Read {
  readonly claims: Claim[];
  readonly refused: Quarantined[];
  /** By vulnerability. */
  readonly rated: Map<string, Rated>;
}

function readSource(source: string, issues: unknown, { claims, refused, rated }: Read): void {
  if (typeof issues !== 'object' || issues === null) {
    refused.push(quarantined(source, 'it holds no vulnerabilities'));
    return;
  }
  for (const [vulnerability, value] of Object.entries(issues)) {
    const issue = Issue.safeParse(value);
    if (!issue.success) {
      refused.push(quarantined(`${source} ${vulnerability}`, 'it holds no status per release'));
      continue;
    }
    for (const [codename, release] of Object.entries(issue.data.releases)) {
      const scope = claimScopeOf(codename);
      // sid has no number, no hosts that are judged by it, and its statuses say nothing of a release.
      if (scope === null) continue;
      const said = sayingOf(release);
      if (typeof said === 'string') refused.push(quarantined(`${source} ${vulnerability} ${codename}`, said));
      else claims.push(claimOf(source, vulnerability, scope, said));
      rate(rated, vulnerability, release.urgency);
    }
  }
}

/** The urgency of a vulnerability; of several sources and releases each word that they use. */
function rate(rated: Map<string, Rated>, vulnerability: string, urgency: string | undefined): void {
  // `low**` says that a script gave it. // Debian security tracker, severity levels
  const level = urgency?.replace(/\*+$/, '');
  if (level === undefined || levelOfWord(level) === null) return;
  const record = `${FEED} ${vulnerability}`;
  const known = rated.get(vulnerability)?.ratings ?? [];
  if (known.some(({ stated }) => stated.level === level)) return;
  const rating = {
    ...({ voice: 'vendor', source: 'debian', distribution: 'debian', scale: 'words', vector: null, record } as const),
    ...{ stated: { score: null, level }, at: null },
  };
  const ratings = [...known, rating];
  rated.set(vulnerability, { vulnerability, record, ratings, points: [], rejected: false, modified: null });
}

/** // Debian security tracker: status, urgency, nodsa, nodsa_reason */
function sayingOf({ status, fixed_version: fixed, urgency, nodsa, nodsa_reason: reason }: Release): Saying | string {
  if (status === 'resolved') {
    if (fixed === '0') return { status: 'not_affected', ranges: [] };
    if (fixed === undefined) return 'it is resolved in no version';
    if (!VERSION_ORDERS.deb.isValid(fixed)) return `${fixed} is no version`;
    return { status: 'affected', ranges: [{ introduced: null, fixed, lastAffected: null }] };
  }
  if (urgency === 'unimportant') return { status: 'not_affected', ranges: [] };
  if (urgency === 'end-of-life') return { status: 'end_of_life', ranges: [] };
  if (status === 'undetermined') return { status: 'under_investigation', ranges: [] };
  if (status !== 'open') return `${status} is no status`;
  if (reason === 'ignored') return { status: 'wont_fix', ranges: [] };
  return { status: nodsa === undefined && reason === undefined ? 'affected' : 'deferred', ranges: [] };
}

function claimOf(packageName: string, vulnerability: string, scope: string, said: Saying): Claim {
  return {
    feed: FEED,
    advisory: `${FEED} ${vulnerability}`,
    authority: 'vendor-status',
    vulnerability,
    scope,
    packageKind: 'source',
    packageName,
    ...said,
    versions: [],
    published: null,
    publishedPrecision: 'day',
    modified: null,
    withdrawn: null,
  };
}
