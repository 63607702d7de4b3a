import 'reflect-metadata';
import { createPrivateKey, KeyObject } from 'node:crypto';
import { DAY_MS, HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import * as x509 from '@peculiar/x509';

/** Agents verify this fixed name, never an address: a server may move, and it proves itself by its certificate. */
export const SERVER_NAME = 'patchsteward';

/** Short, so that a stolen certificate dies by itself; the agent renews at two thirds. */
export const AGENT_CERTIFICATE_MS = 7 * DAY_MS;
/** Made in memory at each start and again at two thirds of this. */
export const SERVER_CERTIFICATE_MS = 30 * DAY_MS;
/** Longer than any machine of today lives: a new authority means to enroll every host again. */
const AUTHORITY_MS = 20 * 365 * DAY_MS;

/** A host whose clock is behind by less than this still takes our certificates. */
const CLOCK_SKEW_MS_MAX = 48 * HOUR_MS;

const ECDSA_P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const USAGES = ['sign', 'verify'] as const;

/** The key that signs, with the certificate that carries it. */
export interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly signingKey: CryptoKey;
}

export interface KeyAndCertificate {
  readonly keyPem: string;
  readonly certificatePem: string;
}

export async function issuerOf(pem: string, certificateDer: Uint8Array<ArrayBuffer>): Promise<Issuer> {
  const key = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return {
    certificate: new x509.X509Certificate(certificateDer),
    signingKey: await crypto.subtle.importKey('pkcs8', new Uint8Array(key), ECDSA_P256, false, ['sign']),
  };
}

/** A new authority: one self-signed certificate that may sign hosts and servers and no further authority. */
export async function makeAuthority(now: Instant): Promise<KeyAndCertificate> {
  const keys = await crypto.subtle.generateKey(ECDSA_P256, true, USAGES);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Patchsteward agents',
    keys,
    signingAlgorithm: ECDSA_P256,
    ...validity(now, AUTHORITY_MS),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { keyPem: pemOf(keys.privateKey), certificatePem: certificate.toString('pem') };
}

/** The certificate of a listener, with a key that never leaves the memory of this process. */
export async function issueServerCertificate(issuer: Issuer, now: Instant): Promise<KeyAndCertificate> {
  const keys = await crypto.subtle.generateKey(ECDSA_P256, true, USAGES);
  const publicKey = await crypto.subtle.exportKey('spki', keys.publicKey);
  const certificatePem = await issue(issuer, publicKey, `CN=${SERVER_NAME}`, validity(now, SERVER_CERTIFICATE_MS), [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: SERVER_NAME }]),
  ]);
  return { keyPem: pemOf(keys.privateKey), certificatePem };
}

/** The certificate of a host's key. The asset id in it is for people and proxies; the server goes by the key. */
export async function issueAgentCertificate(
  issuer: Issuer,
  publicKey: KeyObject,
  assetId: string,
  now: Instant,
): Promise<string> {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return issue(issuer, spki, `CN=${assetId}`, validity(now, AGENT_CERTIFICATE_MS), [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    new x509.SubjectAlternativeNameExtension([{ type: 'url', value: `spiffe://${SERVER_NAME}/asset/${assetId}` }]),
  ]);
}

async function issue(
  issuer: Issuer,
  publicKey: BufferSource,
  subject: string,
  valid: { notBefore: Date; notAfter: Date },
  extensions: x509.Extension[],
): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer.certificate.subject,
    publicKey,
    signingKey: issuer.signingKey,
    signingAlgorithm: ECDSA_P256,
    ...valid,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate),
      ...extensions,
    ],
  });
  return certificate.toString('pem');
}

/** // RFC 5280 §4.1.2.5: whole seconds. */
function validity(now: Instant, lastsMs: number): { notBefore: Date; notAfter: Date } {
  const second = Math.floor(now / 1_000) * 1_000;
  return { notBefore: new Date(second - CLOCK_SKEW_MS_MAX), notAfter: new Date(second + lastsMs) };
}

function pemOf(key: CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}
