import type { Hash } from '@patchsteward/core/vocabulary';
import { canonicalJson } from '../canonical-json.ts';
import { sha256 } from '../hash.ts';

/** The entry that closes a campaign: the hash of every row that was kept about it, by table, in the order of the keys. */
export const SEAL_KIND = 'campaign.sealed';

export type Row = Readonly<Record<string, unknown>>;
export type Seal = Readonly<Record<string, readonly string[]>>;

export function hashRow(row: Row): Hash {
  return sha256(canonicalJson(row));
}

/** The seal in the payload of an entry; null where it is none. */
export function sealOf(payload: unknown): Seal | null {
  if (typeof payload !== 'object' || payload === null || !('tables' in payload)) return null;
  const { tables } = payload;
  if (typeof tables !== 'object' || tables === null) return null;
  const whole = Object.values(tables).every(
    (hashes) => Array.isArray(hashes) && hashes.every((hash) => typeof hash === 'string'),
  );
  return whole ? (tables as Seal) : null;
}

export interface RowDifference {
  readonly kind: 'changed' | 'missing' | 'unknown';
  /** Of the row, from 1. */
  readonly place: number;
}

/** The first difference between the rows that there are and those that were sealed; null where there is none. */
export function firstDifference(sealed: readonly string[], found: readonly string[]): RowDifference | null {
  const longer = Math.max(sealed.length, found.length);
  for (let index = 0; index < longer; index += 1) {
    if (sealed[index] === found[index]) continue;
    return { kind: differenceOf(sealed.length, found.length), place: index + 1 };
  }
  return null;
}

function differenceOf(sealed: number, found: number): RowDifference['kind'] {
  if (found < sealed) return 'missing';
  return found > sealed ? 'unknown' : 'changed';
}
