import 'reflect-metadata';
import { createHash } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  PublicKey,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

export interface Life {
  readonly from: number;
  readonly until: number;
}

export interface TestCa {
  readonly caPem: string;
  /** As a token pins it. */
  readonly fingerprint: string;
  readonly server: { readonly certPem: string; readonly keyPem: string };
  /** A client certificate for a public key, PEM. */
  issue(publicKeyPem: string, life: Life): Promise<string>;
}

let serial = 0;

function nextSerial(): string {
  serial += 1;
  return serial.toString(16).padStart(8, '0');
}

/** A certificate authority of its own, with a certificate for a server of the given name. */
export async function makeTestCa(serverName = 'patchsteward'): Promise<TestCa> {
  const now = Date.now();
  const life = { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + DAY_MS) };
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const ca = await X509CertificateGenerator.createSelfSigned({
    ...life,
    serialNumber: nextSerial(),
    name: 'CN=test CA',
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  });
  const issued = { issuer: ca.subject, signingAlgorithm: ALGORITHM, signingKey: keys.privateKey };
  const authority = await AuthorityKeyIdentifierExtension.create(ca);
  const serverKeys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const server = await X509CertificateGenerator.create({
    ...issued,
    ...life,
    serialNumber: nextSerial(),
    subject: 'CN=server',
    publicKey: serverKeys.publicKey,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: serverName }]), authority],
  });
  return {
    caPem: ca.toString('pem'),
    fingerprint: createHash('sha256').update(Buffer.from(ca.rawData)).digest('hex'),
    server: { certPem: server.toString('pem'), keyPem: await privatePem(serverKeys.privateKey) },
    issue: async (publicKeyPem, { from, until }) => {
      const certificate = await X509CertificateGenerator.create({
        ...issued,
        notBefore: new Date(from),
        notAfter: new Date(until),
        serialNumber: nextSerial(),
        subject: 'CN=host',
        publicKey: new PublicKey(publicKeyPem),
        extensions: [authority],
      });
      return certificate.toString('pem');
    },
  };
}

async function privatePem(key: CryptoKey): Promise<string> {
  const bytes = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${bytes}\n-----END PRIVATE KEY-----\n`;
}
