import type { PackageChange } from '@patchsteward/core/plan';
import { compareText } from '../platform/text.ts';
import type { SimulatedChange } from './acting.ts';

/** As many differences as a person reads; the first says what is wrong. */
const DIFFERENCES_MAX = 5;

/** What differs between the simulated and the signed transaction, in words; null: they are the same. // decided 16 */
export function driftBetween(
  simulated: readonly SimulatedChange[],
  signed: readonly PackageChange[],
  native: string,
): string | null {
  const would = new Map(simulated.map((change) => [keyOf(change, native), change]));
  const may = new Map(signed.map((change) => [keyOf(change, native), change]));
  const differences: string[] = [];
  for (const [key, change] of would) {
    const allowed = may.get(key);
    if (allowed === undefined) differences.push(`${key} ${step(change)} is not in the work order`);
    else if (allowed.from !== change.from || allowed.to !== change.to) {
      differences.push(`${key} would go ${step(change)} and not ${step(allowed)}`);
    }
  }
  for (const [key, change] of may) {
    if (!would.has(key)) differences.push(`${key} would not go ${step(change)}`);
  }
  return differences.length === 0 ? null : differences.sort(compareText).slice(0, DIFFERENCES_MAX).join('; ');
}

function keyOf({ name, architecture }: { name: string; architecture: string | null }, native: string): string {
  // apt shows a removal without its architecture where that is the native one or `all`.
  return `${name}:${architecture === null || architecture === 'all' ? native : architecture}`;
}

function step({ from, to }: { from: string | null; to: string | null }): string {
  return `${from ?? 'absent'} -> ${to ?? 'absent'}`;
}
