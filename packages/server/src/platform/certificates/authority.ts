import { createPrivateKey, type KeyObject, randomUUID, X509Certificate } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { StartRefusal } from '../start-refusal.ts';
import { codeOf } from '../system-error.ts';
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
  const pem = (await readIfThere(path)) ?? (await makeOnce(path, now));
  return authorityOf(pem, certificateIn(pem, path));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Written beside, flushed, then linked: a link fails where the name exists, so of two servers that start at once one
 * makes the authority and the other reads it, and a crash never leaves half a file under the name.
 */
async function makeOnce(path: string, now: Instant): Promise<string> {
  const { keyPem, certificatePem } = await makeAuthority(now);
  const scratch = `${path}.${randomUUID()}`;
  try {
    await writeFlushed(scratch, `${keyPem + certificatePem}\n`);
    await link(scratch, path);
    await flushDirectory(join(path, '..'));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(scratch, { force: true });
  }
  return readFile(path, 'utf8');
}

async function writeFlushed(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without it the name itself could be lost with the power, and every host would have to enroll again. */
async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
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
