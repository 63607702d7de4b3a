import { hash } from 'node:crypto';
import type { AssertionFault } from './web-authn-fault.ts';

/** Hash of the site, flags, counter. // WebAuthn §6.1 */
const SITE_HASH_BYTES = 32;
const FLAGS_AT = 32;
const LENGTH_BYTES = 37;

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const BACKUP_ELIGIBLE = 0x08;
const BACKED_UP = 0x10;
const ATTESTED_DATA = 0x40;
const EXTENSIONS = 0x80;

/**
 * What the authenticator says of itself: for our site, with somebody there whom it knows. We ask for no extension and an
 * assertion carries no key, so there is nothing behind the counter. The counter itself tells nothing here: authenticators
 * whose keys wander between devices leave it at zero. // WebAuthn §6.1, §7.2
 */
export function authenticatorFault(data: Buffer, site: string): AssertionFault | null {
  const flags = data.length === LENGTH_BYTES ? data.readUInt8(FLAGS_AT) : ATTESTED_DATA;
  if ((flags & (ATTESTED_DATA | EXTENSIONS)) !== 0) return 'authenticator-data-unreadable';
  if ((flags & BACKED_UP) !== 0 && (flags & BACKUP_ELIGIBLE) === 0) return 'authenticator-data-unreadable';
  if (!data.subarray(0, SITE_HASH_BYTES).equals(hash('sha256', site, 'buffer'))) return 'other-site';
  if ((flags & USER_PRESENT) === 0) return 'user-not-present';
  return (flags & USER_VERIFIED) === 0 ? 'user-not-verified' : null;
}
