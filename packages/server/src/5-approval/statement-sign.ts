import { DAY_MS, type Hash, type Instant, type SignedBy } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '@patchsteward/trust';
import { type Envelope, parseEnvelope } from '@patchsteward/trust/dsse';
import { type Statement, verifyStatement } from '@patchsteward/trust/statement';
import { sql } from 'kysely';
import { touchPasskey } from '../platform/access/passkey-store.ts';
import type { Fed, FeedEvent } from '../platform/campaign-door.ts';
import type { Actor, Corridor } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { envelopeBody } from './envelope.ts';
import { readPlan } from './plan-store.ts';
import type { StoredRoot } from './root-store.ts';
import { refusalOf, usableRoot } from './signer.ts';
import { countsTogether, eventOfStatement } from './statement-event.ts';
import { insertStatement, statementsOf } from './statement-store.ts';

/** A word that was kept back for longer was meant for another situation. */
const STATEMENT_AGE_MS_MAX = 7 * DAY_MS;

/** An owner's word about the backup of an asset, as the room of backups keeps it. */
interface SignedWaiver {
  readonly waiver: Hash;
  readonly assetId: string;
  readonly campaign: string;
  readonly person: string;
  readonly why: string;
  readonly signedAt: Instant;
  readonly expiresAt: Instant;
}

export interface StatementParts {
  readonly corridor: Corridor;
  readonly feed: FeedEvent;
  readonly keepWaiver: (tx: Tx, waiver: SignedWaiver, envelope: string, now: Instant) => Promise<void>;
}

export interface StoredStatement {
  readonly statement: Hash;
  readonly kind: string;
  readonly person: string;
  /** null where it changed nothing yet: it was said before, or others must say the same. */
  readonly state: string | null;
}

/** One person's signed word: verified against the newest root, kept as it came, and told to the campaign. */
export async function signStatement(
  parts: StatementParts,
  campaign: string,
  envelope: Envelope,
  by: { readonly actor: Actor; readonly at: Instant },
): Promise<StoredStatement> {
  return parts.corridor.change(by, async (tx) => {
    const root = await usableRoot(tx, by.at);
    const verified = verifyStatement(envelope, root, by.at);
    if (!verified.ok) throw refusalOf(verified.refusal);
    const { statement, hash, signed } = verified.value;
    await refuseUnlessFitting(tx, campaign, statement, by.at);
    const answer = { statement: hash, kind: statement.kind, person: statement.by };
    const text = JSON.stringify(envelope);
    const { plan, kind, at } = statement;
    const row = { statement: hash, campaign, plan, kind, person: statement.by, at, envelope: text };
    const before = await saidBefore(tx, row, { statement, root, now: by.at });
    for (const { keyid } of envelope.signatures) await touchPasskey(tx, keyid, by.at);
    if (!(await insertStatement(tx, row, by.at))) return { value: { ...answer, state: null } };
    if (statement.kind === 'waiver') {
      const { assetId, expiresAt, why } = statement.body;
      const waiver = { waiver: hash, assetId, campaign, person: statement.by, why, signedAt: at, expiresAt };
      await parts.keepWaiver(tx, waiver, text, by.at);
    }
    const event = eventOfStatement(statement, signed, before);
    const fed = await feedOrWait(tx, parts.feed, countsTogether(kind), { campaign, event, ...by });
    const payload = { statement: hash, kind, plan, person: statement.by, envelope: envelopeBody(envelope) };
    return {
      value: { ...answer, state: fed?.state ?? null },
      leaves: [{ kind: 'statement.signed', subject: campaign, payload }, ...(fed?.leaves ?? [])],
      wishes: fed?.wishes ?? [],
      timers: fed?.timers ?? [],
    };
  });
}

async function refuseUnlessFitting(tx: Tx, campaign: string, statement: Statement, now: Instant): Promise<void> {
  if (statement.campaign !== campaign) {
    throw new Refusal('statement-refused', `This was signed for the campaign ${statement.campaign}.`);
  }
  if (now - statement.at > STATEMENT_AGE_MS_MAX) {
    throw new Refusal('statement-refused', `This was signed at ${new Date(statement.at).toISOString()}, too long ago.`);
  }
  const expiresAt = 'expiresAt' in statement.body ? statement.body.expiresAt : null;
  if (expiresAt !== null && expiresAt <= now) {
    throw new Refusal('statement-refused', `It ends at ${new Date(expiresAt).toISOString()}, which has passed.`);
  }
  if (statement.plan === null) return;
  const plan = await readPlan(tx, statement.plan);
  if (plan === undefined || plan.campaign !== campaign) {
    throw new Refusal('statement-refused', `The campaign has no plan ${statement.plan}.`);
  }
  if (plan.supersededBy !== null) {
    throw new Refusal('plan-superseded', `${statement.plan} gave way to ${plan.supersededBy}.`);
  }
}

/** Who said exactly this before, measured by the root of today: who left since does not count any more. */
async function saidBefore(
  tx: Tx,
  { campaign, kind, person }: { readonly campaign: string; readonly kind: string; readonly person: string },
  { statement, root, now }: { readonly statement: Statement; readonly root: StoredRoot; readonly now: Instant },
): Promise<SignedBy[]> {
  if (!countsTogether(statement.kind)) return [];
  const earlier = await statementsOf(tx, campaign, { kind, since: now - STATEMENT_AGE_MS_MAX });
  const said = earlier
    .filter((row) => row.person !== person)
    .flatMap((row) => {
      const envelope = parseEnvelope(Buffer.from(row.envelope, 'utf8'));
      const verified = envelope.ok ? verifyStatement(envelope.value, root, now) : envelope;
      return verified.ok && saysTheSame(verified.value.statement, statement) ? [verified.value.signed] : [];
    });
  return [...new Map(said.map((signed) => [signed.person, signed])).values()];
}

function saysTheSame(one: Statement, other: Statement): boolean {
  return one.plan === other.plan && canonicalJson(one.body) === canonicalJson(other.body);
}

/** Where others must say the same, a word that is not enough yet is kept; every other word counts at once or not at all. */
async function feedOrWait(
  tx: Tx,
  feed: FeedEvent,
  together: boolean,
  fed: Parameters<FeedEvent>[1],
): Promise<Fed | null> {
  if (!together) return feed(tx, fed);
  await sql`savepoint before_event`.execute(tx);
  try {
    return await feed(tx, fed);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'event-refused') throw error;
    await sql`rollback to savepoint before_event`.execute(tx);
    return null;
  }
}
