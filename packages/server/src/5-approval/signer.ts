import type { ErrorCode } from '@patchsteward/contract';
import { type Hash, type Instant, ROLES, type Role, type SignedBy } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { type Envelope, payloadOf } from '@patchsteward/trust/dsse';
import { assertUsable, verifiedSigners } from '@patchsteward/trust/root';
import type { Reader } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { currentRoot, type StoredRoot } from './root-store.ts';

/** The root that signatures are measured by now. Without one, and with one that is over, nobody's counts. */
export async function usableRoot(db: Reader, now: Instant): Promise<StoredRoot> {
  const root = await currentRoot(db);
  if (root === undefined) throw new Refusal('no-trust-root', 'There is no trust root yet, so no signature counts.');
  const usable = assertUsable(root, now);
  if (usable.ok) return root;
  throw new Refusal('trust-root-refused', `The trust root version ${root.root.version} has expired.`);
}

export interface Signer extends SignedBy {
  readonly keyid: Hash;
  readonly sig: string;
}

/** The one person whose signature this is. Machines have keys in the root as well; they never speak for people. */
export function personBehind(envelope: Envelope, { root }: StoredRoot): Signer {
  const verified = verifiedSigners(envelope, root);
  if (!verified.ok) throw refusalOf(verified.refusal);
  const [signer, another] = verified.value;
  if (signer === undefined || another !== undefined || envelope.signatures.length !== 1) {
    throw new Refusal('envelope-unreadable', 'One person signs one statement: it carries exactly one signature.');
  }
  if (signer.kind !== 'person') {
    throw new Refusal(
      'signer-unknown',
      `The key belongs to the machine ${signer.machine.name}, which speaks for nobody.`,
    );
  }
  return {
    person: signer.person.login,
    roles: signer.person.roles.filter(isRole),
    keyClass: signer.keyClass,
    statement: sha256(payloadOf(envelope)),
    keyid: signer.keyId,
    sig: envelope.signatures[0]?.sig ?? '',
  };
}

/** `breakglass` stands in roots and opens nothing yet. */
function isRole(role: string): role is Role {
  return ROLES.some((known) => known === role);
}

/** What a refusal of the trust code is called on the wire. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  'signature-wrong': 'signature-wrong',
  'signature-missing': 'signer-unknown',
  'signer-unknown': 'signer-unknown',
  'signer-not-named': 'signer-unknown',
  'role-missing': 'role-missing',
  'root-expired': 'trust-root-refused',
};

export function refusalOf({ code, detail }: { readonly code: string; readonly detail: string }): Refusal {
  return new Refusal(CODES[code] ?? 'envelope-unreadable', `${code}: ${detail}.`);
}
