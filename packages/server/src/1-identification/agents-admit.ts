import type { X509Certificate } from 'node:crypto';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Authority } from '../platform/certificates/authority.ts';
import type { Db } from '../platform/database.ts';
import type { Admit } from '../platform/http/principal.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { fingerprintOf } from './host-key.ts';
import { findHostKey } from './host-key-store.ts';

/** Certificates whose signature was checked; each is looked at once a minute for a week. 20,000 hosts fit twice. */
const CHECKED_CERTIFICATES_MAX = 40_000;

/** What a certificate of ours says, read once. */
interface CheckedCertificate {
  readonly keyFingerprint: string;
  readonly expiresAt: Instant;
}

/**
 * Who speaks on the agents' listener. TLS has proved that the caller holds the key of the certificate; here the
 * certificate must be ours and in time, and the key bound and not revoked. Names and addresses count for nothing.
 */
export function createAgentAdmit(db: Db, authority: Authority, clock: () => Instant): Admit {
  const checked = new Map<string, CheckedCertificate>();
  return async (access, { certificate }) => {
    if (access === 'agent-enrolling') return { kind: 'nobody' };
    if (access !== 'agent' && access !== 'agent-renewing') {
      throw new Refusal('not-allowed', 'This listener serves agents alone.');
    }
    if (certificate === undefined)
      throw new Refusal('agent-unknown', 'The connection brings no certificate of a host.');

    const { keyFingerprint, expiresAt } = checkedCertificate(certificate, authority, checked);
    const bound = await findHostKey(db, keyFingerprint);
    if (bound === undefined) throw new Refusal('agent-unknown', 'The key of this host is bound to no asset.');
    if (bound.revoked) throw new Refusal('agent-revoked', 'The key of this host was revoked.');
    // A host that slept too long may still ask for a new certificate, and for nothing else.
    if (access === 'agent' && expiresAt < clock()) {
      throw new Refusal('certificate-expired', `The certificate expired at ${new Date(expiresAt).toISOString()}.`);
    }
    return { kind: 'agent', assetId: bound.assetId, keyFingerprint };
  };
}

function checkedCertificate(
  certificate: X509Certificate,
  authority: Authority,
  checked: Map<string, CheckedCertificate>,
): CheckedCertificate {
  const known = checked.get(certificate.fingerprint256);
  if (known !== undefined) return known;
  if (!authority.signed(certificate)) {
    throw new Refusal('agent-unknown', 'The certificate was not signed by this server.');
  }
  if (checked.size >= CHECKED_CERTIFICATES_MAX) checked.clear();
  const facts = {
    keyFingerprint: fingerprintOf(certificate.publicKey),
    expiresAt: Date.parse(certificate.validTo),
  };
  checked.set(certificate.fingerprint256, facts);
  return facts;
}
