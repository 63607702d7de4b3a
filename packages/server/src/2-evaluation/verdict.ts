import type { Assessment } from '@patchsteward/core/2-evaluation';
import { condenseReasons, type Verdict } from '@patchsteward/core/vocabulary';

/** The verdict over an asset as it is stored: with all its reasons one by one the row would be a large part of the database. */
export function condensed(verdict: Verdict<Assessment>): Verdict<Assessment> {
  if (verdict.kind !== 'proceed') return verdict;
  return { ...verdict, value: { ...verdict.value, reasons: condenseReasons(verdict.value.reasons) } };
}
