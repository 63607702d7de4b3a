import type { Instant } from '@patchsteward/core/vocabulary';
import { type Key, PublicKey, readKeys } from 'openpgp';
import { STRICT } from './weak.ts';

/** A public key with what its owner says of it, as an archive publishes it. // RFC 9580 §10.1 */
export interface Certificate {
  /** Of the primary key, upper-case hex. */
  readonly fingerprint: string;
  readonly userIds: readonly string[];
  readonly createdAt: Instant;
  /** null: it does not expire. */
  readonly expiresAt: Instant | null;
  readonly key: PublicKey;
}

/** `private`: somebody is about to hand over what must never leave its owner. */
export type CertificateFault = 'not-openpgp' | 'private' | 'too-many' | 'too-large';

/** The keyring of Debian with all its releases is 55 KiB. */
const KEYRING_BYTES_MAX = 512 * 1024;
const CERTIFICATES_MAX = 50;
const ARMOR = '-----BEGIN PGP ';

/** The certificates in a file, armored or binary, as `gpg --export` writes them. */
export async function readCertificates(bytes: Uint8Array): Promise<readonly Certificate[] | CertificateFault> {
  if (bytes.length > KEYRING_BYTES_MAX) return 'too-large';
  const keys = await readKeyring(bytes);
  if (keys === null || keys.length === 0) return 'not-openpgp';
  if (keys.length > CERTIFICATES_MAX) return 'too-many';
  if (keys.some((key) => key.isPrivate())) return 'private';
  const certificates: Certificate[] = [];
  for (const key of keys) {
    const expires = await key.getExpirationTime(undefined, STRICT);
    certificates.push({
      fingerprint: key.getFingerprint().toUpperCase(),
      userIds: key.getUserIDs(),
      createdAt: key.getCreationTime().getTime(),
      expiresAt: expires instanceof Date ? expires.getTime() : null,
      key: new PublicKey(key.toPacketList()),
    });
  }
  return certificates;
}

/** Whether it has a key that may sign now: not expired, not revoked, not too weak. */
export async function canSign({ key }: Certificate, now: Instant): Promise<boolean> {
  try {
    await key.verifyPrimaryKey(new Date(now), undefined, STRICT);
    await key.getSigningKey(undefined, new Date(now), undefined, STRICT);
    return true;
  } catch {
    return false;
  }
}

/** The certificates as one text that can be kept and read again: one armor after the other. */
export function armoredCertificates(certificates: readonly Certificate[]): string {
  return certificates.map(({ key }) => key.armor(STRICT)).join('');
}

/** Any error of the reader means that these bytes are no certificates; which one does not matter to whoever sent them. */
async function readKeyring(bytes: Uint8Array): Promise<Key[] | null> {
  const text = Buffer.from(bytes).toString('latin1');
  try {
    if (!text.includes(ARMOR)) return await readKeys({ binaryKeys: bytes, config: STRICT });
    const keys: Key[] = [];
    // A reader takes one armor; keyrings are often several, one after the other.
    for (const block of text.split(ARMOR).slice(1)) {
      keys.push(...(await readKeys({ armoredKeys: ARMOR + block, config: STRICT })));
      if (keys.length > CERTIFICATES_MAX) break;
    }
    return keys;
  } catch {
    return null;
  }
}
