import { type BillRequest, REFUSED_ENTRIES_MAX } from '@patchsteward/contract';
import { type Bill, readBill as readBillText } from '@patchsteward/standards/bill-of-materials';
import { parseJson } from '../platform/http/json.ts';
import { Refusal } from '../platform/http/refusal.ts';

/** A bill of materials as it came. Throws where it cannot be used as a whole. */
export function readBill({ text }: Pick<BillRequest, 'text'>): Bill {
  const bill = readBillText(text, null, (json) => parseJson(new TextEncoder().encode(json)));
  if (typeof bill !== 'string') return bill;
  throw new Refusal('bad-request', `The bill of materials cannot be used: ${bill}.`, {
    details: [{ path: 'body.text', problem: bill }],
  });
}

/** As many as are kept of those that could not be used. */
export function shownRefused(refused: Bill['refused']): Bill['refused'] {
  return refused
    .slice(0, REFUSED_ENTRIES_MAX)
    .map(({ entry, problem }) => ({ entry: entry.slice(0, 255), problem: problem.slice(0, 500) }));
}
