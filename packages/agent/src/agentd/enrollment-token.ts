/** What an administrator gives a host: `ps1.<secret>.<fingerprint>`. */
export interface EnrollmentToken {
  readonly secret: string;
  /** SHA-256 of the server's CA certificate (DER), lower-case hex: who the host may believe from the first byte on. */
  readonly caFingerprint: string;
}

const TOKEN = /^ps1\.([A-Za-z0-9_-]{16,256})\.([0-9a-f]{64})$/;

/** Null when it is not a token, or not all of it. */
export function parseToken(text: string): EnrollmentToken | null {
  const [, secret, caFingerprint] = TOKEN.exec(text.trim()) ?? [];
  return secret === undefined || caFingerprint === undefined ? null : { secret, caFingerprint };
}
