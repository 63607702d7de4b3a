import type { Advisory, Claim } from '@patchsteward/core/1-identification';
import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { instantOf } from '../instant.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import type { Rated } from '../rated.ts';
import { claimsOf, type RecordClaims } from './claims.ts';
import type { OsvDialect } from './dialect.ts';
import { OwnRecord } from './own-schema.ts';
import { rawRecords } from './records.ts';
import { OsvRecord } from './schema.ts';

/** What a file of advisories says. */
export interface Advisories {
  readonly advisories: readonly Advisory[];
  readonly claims: readonly Claim[];
  readonly quarantined: readonly Quarantined[];
  /** What its records say of severities; absent where none says anything. */
  readonly rated?: readonly Rated[];
  /** The newest change of any record. */
  readonly dataAsOf: Instant | null;
}

/** Reads OSV records. Throws FeedUnreadable where the file as a whole cannot be trusted. */
export function parseOsvRecords(bytes: Uint8Array, dialect: OsvDialect): Advisories {
  const newest = new Map<string, RecordClaims>();
  const refused: Quarantined[] = [];
  const waiting: OsvRecord[] = [];
  const take = (record: OsvRecord) => {
    const read = claimsOf(record, dialect);
    for (const entry of read.quarantined) refused.push(entry);
    keepNewest(newest, read, refused);
  };
  for (const { where, value } of rawRecords(bytes)) {
    const record = OsvRecord.safeParse(value);
    if (!record.success) {
      refused.push(quarantined(nameOf(value) ?? where, complaintOf(record.error.issues)));
      continue;
    }
    const isOwn = record.data.database_specific?.patchsteward !== undefined;
    const unread = statementProblemOf(value, record.data);
    if (unread !== null) refused.push(quarantined(record.data.id, unread));
    const problem = withdrawalProblemOf(record.data) ?? (isOwn ? null : dialect.problemOf(record.data));
    if (problem !== null) {
      refused.push(quarantined(record.data.id, problem));
      continue;
    }
    if (dialect.waits?.(record.data) === true) waiting.push(record.data);
    else take(record.data);
  }
  for (const record of waiting) take(record);
  if (newest.size === 0) throw new FeedUnreadable('not-this-feed', emptiness(refused, dialect));

  const records = [...newest.values()];
  return {
    advisories: records.map(({ advisory }) => advisory),
    claims: records.flatMap(({ claims }) => claims),
    rated: records.flatMap(({ rated }) => rated),
    quarantined: refused,
    dataAsOf: records.reduce<Instant | null>((latest, { advisory }) => later(latest, advisory.modified), null),
  };
}

function keepNewest(newest: Map<string, RecordClaims>, read: RecordClaims, refused: Quarantined[]): void {
  const known = newest.get(read.advisory.id);
  const wins = known === undefined || (read.advisory.modified ?? 0) > (known.advisory.modified ?? 0);
  if (wins) newest.set(read.advisory.id, read);
  if (known !== undefined)
    refused.push(quarantined(read.advisory.id, 'the file holds it twice; the newer one was taken'));
}

/** What our own export says beyond OSV, in a record that somebody changed since: the rest of it is read as plain OSV. */
function statementProblemOf(value: unknown, { database_specific: read }: OsvRecord): string | null {
  if (read?.patchsteward !== undefined) return null;
  const own = OwnStated.safeParse(value).data?.database_specific.patchsteward;
  if (own === undefined) return null;
  const issues = OwnRecord.safeParse(own).error?.issues ?? [];
  return `its database_specific.patchsteward cannot be used (${complaintOf(issues)}); the rest was read as plain OSV`;
}

const OwnStated = z.object({ database_specific: z.object({ patchsteward: z.unknown() }) });

function withdrawalProblemOf({ withdrawn }: OsvRecord): string | null {
  return withdrawn != null && instantOf(withdrawn) === null ? `withdrawn is no time: ${withdrawn}` : null;
}

function nameOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null;
}

function complaintOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const issue = issues[0];
  if (issue === undefined) return 'it is no OSV record';
  return `${issue.path.map(String).join('.') || 'the record'}: ${issue.message}`;
}

function emptiness(refused: readonly Quarantined[], { recordName }: OsvDialect): string {
  const first = refused[0];
  if (first === undefined) return `the file holds no ${recordName}`;
  return `the file holds no ${recordName} that can be used (${first.record}: ${first.problem})`;
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
