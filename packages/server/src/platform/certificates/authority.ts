import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { keepOnce } from '../kept-file.ts';
import { StartRefusal } from '../start-refusal.ts';
import {
  issueAgentCertificate,
  issuerOf,
  issueServerCertificate,
  type KeyAndCertificate,
  makeAuthority,
} from './issue.ts';

/** Key and certificate in one file: no crash leaves one without the other. */
const AUTHORITY_FILE = 'agent-authority.pem';

/** Signs the certificates of hosts and of the listener they speak to. */
export interface Authority {
  readonly certificatePem: string;
  /** SHA-256 of the certificate, hex: every enrollment token carries it, so that a host trusts no other server. */
  readonly fingerprint: string;
  readonly issueServer: (now: Instant) => Promise<KeyAndCertificate>;
  readonly issueAgent: (publicKey: KeyObject, assetId: string, now: Instant) => Promise<string>;
  /** The certificate was signed by this authority, whatever its time. */
  readonly signed: (certificate: X509Certificate) => boolean;
}

/** The authority of this installation: read where it is, made once where it is not. */
export async function openAuthority(keysDirectory: string, now: Instant): Promise<Authority> {
  await mkdir(keysDirectory, { recursive: true, mode: 0o700 });
  const path = join(keysDirectory, AUTHORITY_FILE);
  const pem = await keepOnce(path, async () => {
    const { keyPem, certificatePem } = await makeAuthority(now);
    return keyPem + certificatePem;
  });
  return authorityOf(pem, certificateIn(pem, path));
}

/** Never replaced by a new one: hosts trust the certificate that was in it, and would have to enroll again. */
function certificateIn(pem: string, path: string): X509Certificate {
  try {
    const certificate = new X509Certificate(pem);
    if (certificate.checkPrivateKey(createPrivateKey(pem))) return certificate;
  } catch (error) {
    throw broken(path, error);
  }
  throw broken(path, undefined);
}

function broken(path: string, cause: unknown): StartRefusal {
  return new StartRefusal(
    'agent-authority-broken',
    `${path} does not hold a private key and its certificate.`,
    'Restore it from a backup. Without it every host must enroll again: move it away, and the next start makes a new one.',
    { cause },
  );
}

async function authorityOf(pem: string, certificate: X509Certificate): Promise<Authority> {
  const issuer = await issuerOf(pem, new Uint8Array(certificate.raw));
  return {
    certificatePem: certificate.toString(),
    fingerprint: sha256(certificate.raw).slice('sha256:'.length),
    issueServer: (now) => issueServerCertificate(issuer, now),
    issueAgent: (publicKey, assetId, now) => issueAgentCertificate(issuer, publicKey, assetId, now),
    signed: (candidate) => candidate.verify(certificate.publicKey),
  };
}
