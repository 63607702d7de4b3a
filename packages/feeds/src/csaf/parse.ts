import type { Instant } from '@patchsteward/core/vocabulary';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { instantOf } from '../instant.ts';
import { parseJson } from '../json.ts';
import type { Advisories } from '../osv/parse.ts';
import { rawRecords } from '../osv/records.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import { claimsOf, type DocumentClaims } from './claims.ts';
import { CsafDocument, CsafName } from './schema.ts';

/** Reads CSAF documents: one, a list, one for each line, or a zip of them. Throws FeedUnreadable where none can be used. */
export function parseCsaf(bytes: Uint8Array): Advisories {
  const newest = new Map<string, DocumentClaims>();
  const refused: Quarantined[] = [];
  for (const { where, value } of rawRecords(bytes)) {
    const read = documentOf(value);
    if (typeof read === 'string') {
      refused.push(quarantined(idOf(value) ?? where, read));
      continue;
    }
    const known = newest.get(read.advisory.id);
    if (known === undefined || (read.advisory.modified ?? 0) > (known.advisory.modified ?? 0)) {
      newest.set(read.advisory.id, read);
    }
    if (known !== undefined) refused.push(quarantined(read.advisory.id, 'it is there twice; the newer one was taken'));
  }
  const documents = [...newest.values()];
  if (documents.length === 0) throw new FeedUnreadable('not-this-feed', emptiness(refused));
  const changes = documents.flatMap(({ advisory }) => advisory.modified ?? []);
  return {
    advisories: documents.map(({ advisory }) => advisory),
    claims: documents.flatMap(({ claims }) => claims),
    rated: documents.flatMap(({ rated }) => rated),
    quarantined: [...refused, ...documents.flatMap((document) => document.quarantined)],
    dataAsOf: changes.reduce<Instant | null>((latest, change) => Math.max(latest ?? change, change), null),
  };
}

/** Which document it is, in which revision. */
export interface CsafIdentity {
  readonly id: string;
  readonly version: string;
  readonly releasedAt: Instant;
}

/** Which document the bytes are; a text where they are none that can be used. */
export function csafIdentityOf(bytes: Uint8Array): CsafIdentity | string {
  const value = valueIn(bytes);
  if (typeof value === 'string') return value;
  const read = readDocument(value.json);
  if (typeof read === 'string') return read;
  const { id, version, current_release_date: released } = read.document.tracking;
  return { id, version, releasedAt: instantOf(released) ?? 0 };
}

function valueIn(bytes: Uint8Array): { readonly json: unknown } | string {
  try {
    return { json: parseJson(bytes, 'the document') };
  } catch (error) {
    if (error instanceof FeedUnreadable) return error.problem;
    throw error;
  }
}

/** Profiles whose documents say nothing without products and vulnerabilities. // CSAF 2.0 §4.4, §4.5 */
const NEEDS_PRODUCTS = new Set(['csaf_security_advisory', 'csaf_vex']);

function documentOf(value: unknown): DocumentClaims | string {
  const read = readDocument(value);
  return typeof read === 'string' ? read : claimsOf(read);
}

function readDocument(value: unknown): CsafDocument | string {
  const read = CsafDocument.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    return issue === undefined ? 'it is no CSAF 2.0' : `${issue.path.map(String).join('.')}: ${issue.message}`;
  }
  const { document, product_tree: tree, vulnerabilities } = read.data;
  const { status, current_release_date: released, initial_release_date: first } = document.tracking;
  if (status === 'draft') return 'it is a draft';
  const notTime = [released, first].find((date) => instantOf(date) === null);
  if (notTime !== undefined) return `${notTime} is no time`;
  const unsaid = (vulnerabilities ?? []).some((one) => one.product_status === undefined);
  const lacks = tree === undefined || vulnerabilities === undefined || unsaid;
  if (lacks && NEEDS_PRODUCTS.has(document.category.toLowerCase())) {
    return `a ${document.category} names products, vulnerabilities and their status, and it does not`;
  }
  return read.data;
}

function idOf(value: unknown): string | null {
  const named = CsafName.safeParse(value);
  return named.success ? named.data.document.tracking.id : null;
}

function emptiness(refused: readonly Quarantined[]): string {
  const first = refused[0];
  if (first === undefined) return 'the file holds no CSAF document';
  return `the file holds no CSAF document that can be used (${first.record}: ${first.problem})`;
}
