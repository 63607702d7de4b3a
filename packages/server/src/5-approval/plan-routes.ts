import type { Hash } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { envelopeBody } from './envelope.ts';
import { type SigningParts, signPlan } from './plan-sign.ts';
import {
  envelopeOf,
  type PlanRow,
  plansOfCampaign,
  readLeaves,
  readPlan,
  type SignatureRow,
  signaturesOf,
} from './plan-store.ts';

type PlanRouteId = 'plan.list' | 'plan.show' | 'plan.leaves' | 'plan.sign';

const LeafCursor = z.tuple([z.number().int().min(-1)]);

export function planRoutes(parts: SigningParts & { readonly db: Db }): Handlers<PlanRouteId> {
  const { db } = parts;
  return {
    'plan.list': async ({ params }) => {
      const plans = await plansOfCampaign(db, params.id);
      return { items: await Promise.all(plans.map(async (row) => summaryOf(row, await signaturesOf(db, row.plan)))) };
    },
    'plan.show': async ({ params }) => {
      const row = await existingPlan(db, params.plan);
      const signatures = await signaturesOf(db, row.plan);
      return { ...summaryOf(row, signatures), envelope: envelopeBody(envelopeOf(row.payload, signatures)) };
    },
    'plan.leaves': async ({ params, query }) => leafPage(db, params.plan, query),
    'plan.sign': async ({ params, body, principal, now, log }) => {
      const signed = await signPlan(
        parts,
        params.plan,
        { ...body, keyid: keyOf(body.keyid) },
        { actor: actorOf(principal), at: now },
      );
      log.info({ plan: signed.plan, person: signed.person, intent: signed.intent }, 'plan signed');
      return signed;
    },
  };
}

/** The contract took its form already; the brand of core wants to be told. */
function keyOf(keyid: string): Hash {
  if (isHash(keyid)) return keyid;
  throw new Refusal('bad-request', 'The id of the key is not a hash.');
}

async function existingPlan(db: Db, plan: string): Promise<PlanRow> {
  const row = await readPlan(db, plan);
  if (row === undefined) throw new Refusal('not-found', `There is no plan ${plan}.`);
  return row;
}

async function leafPage(db: Db, plan: string, query: { readonly cursor?: string | undefined; readonly limit: number }) {
  const { leafCount } = await existingPlan(db, plan);
  const [after] = query.cursor === undefined ? [-1] : decodeCursor(query.cursor, LeafCursor);
  const rows = await readLeaves(db, plan, { after, limit: query.limit });
  const last = rows.at(-1);
  return {
    items: rows.map(({ index, body }) => ({ index, leaf: body.toString('base64') })),
    next: last === undefined || last.index + 1 >= leafCount ? null : encodeCursor([last.index]),
    total: leafCount,
  };
}

function summaryOf(row: PlanRow, signatures: readonly SignatureRow[]) {
  const { plan, campaign, kind, lane, requester, leafCount, supersededBy } = row;
  return {
    plan,
    campaign,
    kind,
    lane,
    requester,
    leafCount,
    compiledAt: new Date(row.compiledAt).toISOString(),
    notAfter: new Date(row.notAfter).toISOString(),
    supersededBy,
    signatures: signatures.map(({ person, roles, keyClass, keyid, intent, at }) => ({
      person,
      roles: [...roles],
      keyClass,
      keyid,
      intent,
      at: new Date(at).toISOString(),
    })),
  };
}
