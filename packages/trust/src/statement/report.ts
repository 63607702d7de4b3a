import { type KeyObject, sign, verify } from 'node:crypto';
import type { Hash } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '../canonical-json.ts';
import { sha256 } from '../hash.ts';

/** The part of a report that its chain needs; what it reports is between the host and the server. */
export interface UnsignedReport {
  readonly assetId: string;
  readonly instance: string;
  readonly sequence: number;
  readonly previous: string | null;
}

export type Signed<Report extends UnsignedReport> = Report & { readonly signature: string };

/** // rollout §2.6: every report is signed by the key of its host, over all that it says. */
export function signReport<Report extends UnsignedReport>(report: Report, hostKey: KeyObject): Signed<Report> {
  return { ...report, signature: sign(digestFor(hostKey), bytesOf(report), hostKey).toString('base64url') };
}

export function verifyReport(report: Signed<UnsignedReport>, hostKey: KeyObject): boolean {
  const { signature, ...said } = report;
  const raw = Buffer.from(signature, 'base64url');
  return raw.toString('base64url') === signature && verify(digestFor(hostKey), bytesOf(said), hostKey, raw);
}

/** What the next report of this host names as `previous`: a report taken out or changed breaks the chain. */
export function reportHash(report: Signed<UnsignedReport>): Hash {
  const { signature: _, ...said } = report;
  return sha256(canonicalJson(said));
}

export type ReportPlace = 'next' | 'known' | 'gap' | 'fork';

/** Where a report stands against the last one that was taken from this host. // rollout §2.6: sequence rules */
export function placeOfReport(
  report: Signed<UnsignedReport>,
  last: { readonly sequence: number; readonly hash: Hash } | null,
): ReportPlace {
  const sequence = last?.sequence ?? 0;
  if (report.sequence > sequence + 1) return 'gap';
  if (report.sequence === sequence + 1) return report.previous === (last?.hash ?? null) ? 'next' : 'fork';
  return report.sequence === sequence && reportHash(report) !== last?.hash ? 'fork' : 'known';
}

function bytesOf(said: object): Buffer {
  return Buffer.from(canonicalJson(said), 'utf8');
}

/** Ed25519 hashes by itself; host keys on P-256 are signed with SHA-256. */
function digestFor(key: KeyObject): 'sha256' | null {
  return key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
}
