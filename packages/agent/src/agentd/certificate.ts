import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import type { Instant } from '@patchsteward/core/vocabulary';
import { Problem } from '../platform/problem.ts';

/** A text is not the certificate that it should be. */
class CertificateError extends Problem {
  constructor(problem: string, cause?: unknown) {
    super('certificate-unusable', problem, 'look at the log of the server; it makes the certificates', cause);
  }
}

export interface CertificateLife {
  readonly validFrom: Instant;
  readonly validUntil: Instant;
}

/** SHA-256 over the DER of a certificate, as a token pins it. */
export function fingerprintOf(certificatePem: string): string {
  return createHash('sha256').update(parse(certificatePem).raw).digest('hex');
}

export function lifeOf(certificatePem: string): CertificateLife {
  const certificate = parse(certificatePem);
  return { validFrom: certificate.validFromDate.getTime(), validUntil: certificate.validToDate.getTime() };
}

/** From here on a certificate is renewed: a third of its life remains for trying. */
export function renewalDue({ validFrom, validUntil }: CertificateLife): Instant {
  return validFrom + Math.floor(((validUntil - validFrom) * 2) / 3);
}

/** Asserts that the certificate is for this key and signed by this CA: anything else would lock the host out. */
export function assertUsable(certificatePem: string, privateKeyPem: string, caPem: string): void {
  const certificate = parse(certificatePem);
  if (!certificate.checkPrivateKey(createPrivateKey(privateKeyPem))) {
    throw new CertificateError('the server sent a certificate for another key');
  }
  if (!certificate.verify(parse(caPem).publicKey)) {
    throw new CertificateError('the server sent a certificate that its own CA did not sign');
  }
}

function parse(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new CertificateError('the server sent a certificate that cannot be read', error);
  }
}
