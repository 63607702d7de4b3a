import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { addBill, type BillParts, LISTED_MAX, removeBill } from './bill-perform.ts';
import { countBills, listBills } from './bill-store.ts';

/** What assets without an agent are made of. */
export function billRoutes(parts: BillParts): Handlers<'bill.list' | 'bill.add' | 'bill.end'> {
  const { db } = parts;
  return {
    'bill.list': async ({ params }) => ({
      items: await listBills(db, params.id, LISTED_MAX),
      total: await countBills(db, params.id),
    }),
    'bill.add': async ({ params, body, principal, now }) =>
      addBill(parts, params.id, body, { actor: actorOf(principal), at: now }),
    'bill.end': async ({ params, principal, now }) => {
      await removeBill(parts, params.id, params.name, { actor: actorOf(principal), at: now });
      return {};
    },
  };
}
