import type { OriginBody } from '@patchsteward/contract';
import { type Instant, reasonOf } from '@patchsteward/core/vocabulary';
import { originIds } from '@patchsteward/standards/apt-repository';
import { readCertificates } from '@patchsteward/standards/openpgp';
import { reasonBody } from '../platform/http/reason-body.ts';
import { originName } from './origin.ts';
import type { OriginRow, StoredSnapshot } from './origin-store.ts';

/** An origin as people see it. */
export async function originBody(
  origin: OriginRow,
  inForce: StoredSnapshot | undefined,
  now: Instant,
): Promise<OriginBody> {
  const certificates = await readCertificates(Buffer.from(origin.keys));
  const { id, url, mirror, suite, components, architectures, problem } = origin;
  return {
    ...{ id, url, mirror, suite, components: [...components], architectures: [...architectures] },
    keys: (typeof certificates === 'string' ? [] : certificates).map(({ fingerprint, userIds, expiresAt }) => ({
      ...{ fingerprint, userIds: [...userIds] },
      expiresAt: expiresAt === null ? null : timeText(expiresAt),
    })),
    names: originIds(origin),
    state: stateOf(inForce, now),
    index: inForce === undefined ? null : indexBody(inForce),
    addedAt: timeText(origin.addedAt),
    checkedAt: origin.checkedAt === null ? null : timeText(origin.checkedAt),
    problem:
      problem === null
        ? null
        : { reason: reasonBody(reasonOf(problem.code, originName(origin))), detail: problem.detail },
  };
}

function stateOf(inForce: StoredSnapshot | undefined, now: Instant): OriginBody['state'] {
  if (inForce === undefined) return 'never-verified';
  return inForce.validUntil !== null && inForce.validUntil <= now ? 'expired' : 'usable';
}

function indexBody(snapshot: StoredSnapshot): OriginBody['index'] {
  const { date, validUntil, publisher, suite, codename, signedBy, fetchedAt, releaseHash, indexes } = snapshot;
  return {
    ...{ publisher, suite, codename, signedBy: [...signedBy], hash: releaseHash },
    date: timeText(date),
    validUntil: validUntil === null ? null : timeText(validUntil),
    fetchedAt: timeText(fetchedAt),
    packageIndexes: indexes.map(({ path, hash, sizeBytes }) => ({ path, hash, sizeBytes })),
  };
}

function timeText(instant: Instant): string {
  return new Date(instant).toISOString();
}
