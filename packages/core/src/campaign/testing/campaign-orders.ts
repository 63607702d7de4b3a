import fc from 'fast-check';
import { type Machinery, newTally, runOrder, type Tally } from './order.ts';

/** Long enough for a campaign to get through and to stray on its way. */
const EVENTS = { minLength: 90, maxLength: 120 };

/** Lists of numbers; each makes one event. Unbiased, since no number means more than another. */
const ORDERS = fc.array(fc.noShrink(fc.noBias(fc.nat({ max: 2 ** 31 - 1 }))), EVENTS);

export interface Judged {
  readonly tally: Tally;
  /** The promise that was broken, with the seed and the numbers that show it; null: none. */
  readonly counterexample: string | null;
}

/** Runs so many random orders of events through the machines, and stops at the first broken promise. */
export function judgeOrders(machinery: Machinery, runs: number, seed: number): Judged {
  const tally = newTally();
  const property = fc.property(ORDERS, (numbers) => {
    const broken = runOrder(numbers, machinery, tally);
    if (broken !== null) throw new Error(broken);
  });
  const { failed, errorInstance, counterexample } = fc.check(property, { numRuns: runs, seed, endOnFailure: true });
  if (!failed) return { tally, counterexample: null };
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { tally, counterexample: `${what} (seed ${seed}: ${JSON.stringify(counterexample)})` };
}
