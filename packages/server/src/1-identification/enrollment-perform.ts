import type { EnrollRequest } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { hashSecret } from '../platform/access/secrets.ts';
import type { Changed, Corridor } from '../platform/corridor.ts';
import type { Db, Tx } from '../platform/database.ts';
import { brokenUniqueConstraint } from '../platform/database-failure.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import { insertAsset } from './asset-store.ts';
import { decideEnrollment, type EnrollingHost, type EnrollmentRefusal, enrolledLeaf } from './enrollment.ts';
import { lockTokenBySecret, markTokenUsed } from './enrollment-store.ts';
import { type HostKey, provesEnrollment, readHostKey } from './host-key.ts';
import { findHostKey, insertHostKey } from './host-key-store.ts';
import { applyRulesToNew } from './rule-perform.ts';

const REFUSALS: Readonly<Record<EnrollmentRefusal, string>> = {
  'token-wrong': 'No enrollment token has this secret.',
  'token-used': 'This token has enrolled a host with another key.',
  'token-expired': 'The time of this token is over.',
  'agent-revoked': 'The key of this host was revoked.',
};

/** Only who holds the key gets further: nothing is looked up for others. */
export function checkedKey(request: EnrollRequest): HostKey {
  const key = readHostKey(request.publicKeyPem);
  if (key === undefined) {
    throw new Refusal('proof-wrong', 'The key is no public key of kind Ed25519 or P-256 in PEM.');
  }
  if (!provesEnrollment(key, request)) {
    throw new Refusal('proof-wrong', 'The proof is no signature of this key over this token.');
  }
  return key;
}

/** Binds a key to an asset by a token, in one transaction; the same host asking again gets the same asset. */
export async function enroll(parts: EnrollParts, request: EnrollRequest, key: HostKey, now: Instant): Promise<string> {
  try {
    return await enrollOnce(parts, request, key, now);
  } catch (error) {
    // The same key came in by another token at the same moment; now it is bound, and the second look finds it.
    if (brokenUniqueConstraint(error) !== 'host_key_pkey') throw error;
    return enrollOnce(parts, request, key, now);
  }
}

interface EnrollParts {
  readonly db: Db;
  readonly corridor: Corridor;
}

async function enrollOnce(
  { db, corridor }: EnrollParts,
  request: EnrollRequest,
  key: HostKey,
  now: Instant,
): Promise<string> {
  const { publicKeyPem, hostname, machineId, architecture, agentVersion } = request;
  const host = { fingerprint: key.fingerprint, publicKeyPem, hostname, machineId, architecture, agentVersion };
  const assetId = (await findHostKey(db, key.fingerprint))?.assetId ?? newId(now);
  return corridor.change({ actor: `agent:${assetId}`, at: now }, (tx) =>
    bindHost(tx, host, hashSecret(request.tokenSecret), assetId, now),
  );
}

async function bindHost(
  tx: Tx,
  host: EnrollingHost,
  secretHash: string,
  newAssetId: string,
  now: Instant,
): Promise<Changed<string>> {
  const token = await lockTokenBySecret(tx, secretHash);
  const bound = await findHostKey(tx, host.fingerprint);
  const decision = decideEnrollment({ token, bound, now }, host.fingerprint);
  switch (decision.kind) {
    case 'refuse':
      throw new Refusal(decision.code, REFUSALS[decision.code]);
    case 'repeat':
      return { value: decision.assetId };
    case 'return': {
      const { assetId, tokenId } = decision;
      await markTokenUsed(tx, tokenId, { assetId, fingerprint: host.fingerprint, at: now });
      return { value: assetId, leaves: [enrolledLeaf(assetId, tokenId, host)] };
    }
    case 'bind': {
      const by = { assetId: newAssetId, fingerprint: host.fingerprint, at: now };
      await insertAsset(tx, { id: newAssetId, name: host.hostname, firstSeen: now });
      await insertHostKey(tx, { ...by, publicKeyPem: host.publicKeyPem });
      await markTokenUsed(tx, decision.tokenId, by);
      const ruled = await applyRulesToNew(tx, newAssetId);
      return {
        value: newAssetId,
        leaves: [enrolledLeaf(newAssetId, decision.tokenId, host), ...ruled.leaves],
        wishes: ruled.wishes,
      };
    }
  }
}
