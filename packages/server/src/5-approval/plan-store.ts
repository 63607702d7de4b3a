import type { PlanBody, PlanKind } from '@patchsteward/core/plan';
import type { Hash, Instant, Lane, Role } from '@patchsteward/core/vocabulary';
import type { Envelope } from '@patchsteward/trust/dsse';
import { PAYLOAD_TYPES, sealEnvelope, withSignature } from '@patchsteward/trust/dsse';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** Rows of one statement: PostgreSQL takes 65,535 parameters, a leaf has four. */
const LEAVES_PER_INSERT = 5_000;

export interface NewPlan {
  readonly plan: Hash;
  readonly body: PlanBody;
  readonly payload: Uint8Array;
  /** Canonical bytes with their asset, in the order of the tree. */
  readonly leaves: readonly { readonly assetId: string; readonly bytes: Uint8Array }[];
}

export interface PlanRow {
  readonly plan: Hash;
  readonly campaign: string;
  readonly kind: PlanKind;
  readonly lane: Lane;
  readonly requester: string;
  readonly leafCount: number;
  readonly payload: Buffer;
  readonly compiledAt: Instant;
  readonly notAfter: Instant;
  readonly supersededBy: Hash | null;
}

export type PlanIntent = 'request' | 'approve' | 'test';

export interface SignatureRow {
  readonly keyid: Hash;
  readonly person: string;
  readonly roles: readonly Role[];
  readonly keyClass: 'cli' | 'console';
  readonly intent: PlanIntent;
  readonly sig: string;
  readonly why: string | null;
  readonly at: Instant;
}

/** Asked again with the same bytes it does nothing: the bytes are the name. */
export async function insertPlan(tx: Tx, { plan, body, payload, leaves }: NewPlan, now: Instant): Promise<void> {
  const inserted = await tx
    .insertInto('approval.plan')
    .values({
      hash: plan,
      campaign: body.campaign,
      kind: body.kind,
      lane: body.lane,
      criticality: body.criticality,
      requester: body.requester,
      epoch: body.epoch,
      root_version: body.rootVersion,
      leaf_count: body.leafCount,
      payload: Buffer.from(payload),
      compiled_at: timestamp(now),
      not_after: timestamp(body.notAfter),
    })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning('hash')
    .execute();
  if (inserted.length === 0) return;
  const rows = leaves.map(({ assetId, bytes }, index) => ({
    plan,
    index,
    asset_id: assetId,
    body: Buffer.from(bytes),
  }));
  for (let at = 0; at < rows.length; at += LEAVES_PER_INSERT) {
    await tx
      .insertInto('approval.plan_leaf')
      .values(rows.slice(at, at + LEAVES_PER_INSERT))
      .execute();
  }
}

/** Once, and only from nothing. */
export async function supersedePlan(tx: Tx, plan: Hash, by: Hash): Promise<void> {
  await tx
    .updateTable('approval.plan')
    .set({ superseded_by: by })
    .where('hash', '=', plan)
    .where('superseded_by', 'is', null)
    .execute();
}

const COLUMNS = [
  'hash as plan',
  'campaign',
  'kind',
  'lane',
  'requester',
  'leaf_count as leafCount',
  'payload',
  'compiled_at as compiledAt',
  'not_after as notAfter',
  'superseded_by as supersededBy',
] as const;

export async function readPlan(db: Reader, plan: string): Promise<PlanRow | undefined> {
  const row = await db.selectFrom('approval.plan').select(COLUMNS).where('hash', '=', plan).executeTakeFirst();
  return row === undefined ? undefined : planRow(row);
}

/** Whoever signs a plan comes here, one after the other, with its campaign in hand. */
export async function lockPlan(tx: Tx, plan: string): Promise<PlanRow | undefined> {
  const row = await tx
    .selectFrom('approval.plan')
    .select(COLUMNS)
    .where('hash', '=', plan)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : planRow(row);
}

/** The newest first. */
export async function plansOfCampaign(db: Reader, campaign: string): Promise<PlanRow[]> {
  const rows = await db
    .selectFrom('approval.plan')
    .select(COLUMNS)
    .where('campaign', '=', campaign)
    .orderBy('compiled_at', 'desc')
    .orderBy('hash')
    .execute();
  return rows.map(planRow);
}

type StoredPlan = Omit<PlanRow, 'plan' | 'supersededBy'> & { plan: string; supersededBy: string | null };

/** Hashes were computed here before they were stored; the column type does not say so. */
function planRow({ plan, supersededBy, ...row }: StoredPlan): PlanRow {
  return { ...row, plan: plan as Hash, supersededBy: supersededBy as Hash | null };
}

export async function readLeaves(
  db: Reader,
  plan: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ readonly index: number; readonly body: Buffer }[]> {
  return db
    .selectFrom('approval.plan_leaf')
    .select(['index', 'body'])
    .where('plan', '=', plan)
    .where('index', '>', after)
    .orderBy('index')
    .limit(limit)
    .execute();
}

/** All of them in the order of the tree: for the corridor, which walks over them anyway. */
export async function allLeaves(db: Reader, plan: string): Promise<Buffer[]> {
  const rows = await db
    .selectFrom('approval.plan_leaf')
    .select('body')
    .where('plan', '=', plan)
    .orderBy('index')
    .execute();
  return rows.map(({ body }) => body);
}

export async function leafOfAsset(
  db: Reader,
  plan: string,
  assetId: string,
): Promise<{ readonly index: number; readonly body: Buffer } | undefined> {
  return db
    .selectFrom('approval.plan_leaf')
    .select(['index', 'body'])
    .where('plan', '=', plan)
    .where('asset_id', '=', assetId)
    .executeTakeFirst();
}

/** In the order in which they came. */
export async function signaturesOf(db: Reader, plan: string): Promise<SignatureRow[]> {
  const rows = await db
    .selectFrom('approval.plan_signature')
    .select(['keyid', 'person', 'roles', 'key_class as keyClass', 'intent', 'sig', 'why', 'at'])
    .where('plan', '=', plan)
    .orderBy('at')
    .orderBy('keyid')
    .execute();
  // Written from the trust root's own roles and from key ids that are hashes.
  return rows.map((row) => ({ ...row, keyid: row.keyid as Hash, roles: row.roles as readonly Role[] }));
}

/** False where this key has signed this plan before. */
export async function insertSignature(tx: Tx, plan: Hash, row: SignatureRow): Promise<boolean> {
  const inserted = await tx
    .insertInto('approval.plan_signature')
    .values({
      plan,
      keyid: row.keyid,
      person: row.person,
      roles: [...row.roles],
      key_class: row.keyClass,
      intent: row.intent,
      sig: row.sig,
      why: row.why,
      at: timestamp(row.at),
    })
    .onConflict((conflict) => conflict.columns(['plan', 'keyid']).doNothing())
    .returning('keyid')
    .execute();
  return inserted.length > 0;
}

/** The signed bytes with every signature there is: what hosts verify. // DSSE 1.0.2 */
export function envelopeOf(payload: Uint8Array, signatures: readonly SignatureRow[]): Envelope {
  const sealed = sealEnvelope(PAYLOAD_TYPES.plan, payload);
  return signatures.reduce((envelope, { keyid, sig }) => withSignature(envelope, { keyid, sig }), sealed);
}
