import { type Hash, type Instant, MINUTE_MS, ROLES, type SignedBy } from '@patchsteward/core/vocabulary';
import { payloadOf, readEnvelope } from '../dsse/index.ts';
import { sha256 } from '../hash.ts';
import { accepted, type Outcome, refused } from '../refusal.ts';
import { assertUsable, type KnownRoot, type VerifiedSigner, verifiedSigners } from '../root/index.ts';
import { decodeStatement, type Statement } from './statement-codec.ts';
import { STATEMENT_RULES } from './statement-rule.ts';

/** Clocks of people's machines differ; more than this is a date from the future. // rollout §2.6: skew */
export const CLOCK_SKEW_MS_MAX = 5 * MINUTE_MS;

export interface VerifiedStatement {
  readonly statement: Statement;
  /** Names it for ever. */
  readonly hash: Hash;
  readonly signed: SignedBy;
}

/** A word counts when the person it names has signed it, has a role that may say it, and it is not from the future. */
export function verifyStatement(given: unknown, known: KnownRoot, now: Instant): Outcome<VerifiedStatement> {
  const envelope = readEnvelope(given);
  if (!envelope.ok) return envelope;
  const usable = assertUsable(known, now);
  if (!usable.ok) return usable;
  const signers = verifiedSigners(envelope.value, known.root);
  if (!signers.ok) return signers;
  const payload = payloadOf(envelope.value);
  const read = decodeStatement(payload, envelope.value.payloadType);
  if (!read.ok) return read;
  return spokenBy(read.value, sha256(payload), signers.value, now);
}

function spokenBy(
  statement: Statement,
  hash: Hash,
  signers: readonly VerifiedSigner[],
  now: Instant,
): Outcome<VerifiedStatement> {
  const own = signers.flatMap((signer) =>
    signer.kind === 'person' && signer.person.login === statement.by ? [signer] : [],
  );
  const [first] = own;
  if (first === undefined) return refused('signer-not-named', `${statement.by} has not signed it`);
  if (own.length !== signers.length) return refused('signer-not-named', 'somebody else signed it too');
  const { kind, at } = statement;
  const roles = ROLES.filter((role) => first.person.roles.includes(role));
  if (!roles.some((role) => STATEMENT_RULES[kind].roles.includes(role))) {
    return refused('role-missing', `${kind} needs ${STATEMENT_RULES[kind].roles.join(' or ')}`);
  }
  if (at > now + CLOCK_SKEW_MS_MAX) return refused('not-yet-valid', new Date(at).toISOString());
  const keyClass = own.some((signer) => signer.keyClass === 'cli') ? 'cli' : 'console';
  return accepted({ statement, hash, signed: { person: statement.by, roles, keyClass, statement: hash } });
}
