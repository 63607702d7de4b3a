import type { PackageChange, Rollback } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '@patchsteward/trust';
import type { Listing } from './listings.ts';
import { originName } from './origin.ts';

/**
 * Evidence that every file of a transaction was verified: which key signed which index, and which index lists which
 * file. Class A: signed by the vendor, with a hash per file. Kept by its hash; an auditor who has the byte store can
 * walk the same way again, offline. // SOP checklist c8, rollout-and-trust §2.7
 */
export function authenticityReport(facts: {
  readonly transaction: Hash;
  readonly changes: readonly PackageChange[];
  readonly files: readonly Listing[];
  readonly rollback: Rollback;
  readonly rollbackFiles: readonly Listing[];
  readonly at: Instant;
}): Uint8Array {
  const all = [...facts.files, ...facts.rollbackFiles];
  const snapshots = [...new Map(all.map((file) => [file.snapshot.id, file])).values()];
  const report = {
    type: 'authenticity-report',
    version: 1,
    class: 'A',
    transaction: facts.transaction,
    verifiedAt: new Date(facts.at).toISOString(),
    indexes: snapshots.map(indexEvidence).sort((a, b) => (a.release < b.release ? -1 : 1)),
    changes: facts.changes,
    files: facts.files.map(fileEvidence),
    rollback: facts.rollback,
    rollbackFiles: facts.rollbackFiles.map(fileEvidence),
  };
  return Buffer.from(canonicalJson(report));
}

function indexEvidence({ snapshot, configured }: Listing) {
  const { date, validUntil, publisher, signedBy, fetchedAt, releaseHash, indexes } = snapshot;
  return {
    origin: originName(configured),
    url: configured.url,
    release: releaseHash,
    signedBy,
    publisher,
    date: new Date(date).toISOString(),
    // null: the publisher set none, so that a frozen index would not be noticed by its age.
    validUntil: validUntil === null ? null : new Date(validUntil).toISOString(),
    fetchedAt: new Date(fetchedAt).toISOString(),
    packageIndexes: indexes.map(({ path, hash }) => ({ path, hash })),
  };
}

function fileEvidence({ name, version, architecture, sha256, sizeBytes, path, origin, index, snapshot }: Listing) {
  return { name, version, architecture, sha256, sizeBytes, path, origin, index, release: snapshot.releaseHash };
}

/** One document for a campaign: the report of each asset in scope. */
export function campaignReport(
  campaign: string,
  transactions: readonly { readonly assetId: string; readonly evidence: Hash }[],
): Uint8Array {
  const assets = transactions
    .map(({ assetId, evidence }) => ({ assetId, evidence }))
    .sort((a, b) => (a.assetId < b.assetId ? -1 : 1));
  return Buffer.from(canonicalJson({ type: 'authenticity-reports', version: 1, campaign, assets }));
}
