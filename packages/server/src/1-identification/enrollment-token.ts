import type { EnrollmentTokenCreated, EnrollmentTokenList } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { z } from 'zod';
import { hashSecret, newSecret } from '../platform/access/secrets.ts';
import type { Corridor } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import type { By } from './asset-perform.ts';
import { insertToken, lockToken, markTokenRevoked, type TokenRow } from './enrollment-store.ts';

/** Version of the form of a token; a later one may carry the hash of the trust root. */
const TOKEN_FORM = 'ps1';

export interface TokenParts {
  readonly corridor: Corridor;
  /** SHA-256 of the authority's certificate, hex. */
  readonly authorityFingerprint: string;
  /** Where hosts reach the agents' listener: `patch.example.org:8421`. */
  readonly agentsAddress: string;
}

/** The secret leaves here once and is kept nowhere. */
export async function createToken(
  { corridor, authorityFingerprint, agentsAddress }: TokenParts,
  request: { readonly validMs: number; readonly note: string | null },
  by: By,
): Promise<EnrollmentTokenCreated> {
  const id = newId(by.at);
  const secret = newSecret();
  const expiresAt = by.at + request.validMs;
  await corridor.change(by, async (tx) => {
    await insertToken(tx, { id, note: request.note, createdAt: by.at, expiresAt, secretHash: hashSecret(secret) });
    const payload = { expiresAt: new Date(expiresAt).toISOString(), note: request.note };
    return { value: undefined, leaves: [{ kind: 'enrollment-token.created', subject: id, payload }] };
  });
  const token = `${TOKEN_FORM}.${secret}.${authorityFingerprint}`;
  const options = `--server ${agentsAddress} --token ${token}`;
  return {
    id,
    token,
    expiresAt: new Date(expiresAt).toISOString(),
    command: `patchsteward agent enroll ${options} && patchsteward agent run`,
    packagedCommand: `patchsteward-agent enroll ${options}`,
  };
}

/** A token that enrolled a host or was revoked before is useless already. */
export async function revokeToken(corridor: Corridor, id: string, by: By): Promise<void> {
  await corridor.change(by, async (tx) => {
    const token = await lockToken(tx, id);
    if (token === undefined) throw new Refusal('not-found', `There is no enrollment token ${id}.`);
    if (token.usedAt !== null || token.revokedAt !== null) return { value: undefined };
    await markTokenRevoked(tx, id, by.at);
    return { value: undefined, leaves: [{ kind: 'enrollment-token.revoked', subject: id, payload: {} }] };
  });
}

type TokenBody = z.input<typeof EnrollmentTokenList>['items'][number];

export function tokenBody(token: TokenRow, now: Instant): TokenBody {
  return {
    id: token.id,
    note: token.note,
    createdAt: new Date(token.createdAt).toISOString(),
    expiresAt: new Date(token.expiresAt).toISOString(),
    state: stateOf(token, now),
    usedBy: token.usedBy,
  };
}

function stateOf(token: TokenRow, now: Instant): TokenBody['state'] {
  if (token.usedAt !== null) return 'used';
  if (token.revokedAt !== null) return 'revoked';
  return token.expiresAt <= now ? 'expired' : 'open';
}
