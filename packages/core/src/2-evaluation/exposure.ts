import type { Exposure } from '../vocabulary/index.ts';

/** Unknown counts as public until somebody says otherwise. // BOD 26-04: publicly exposed */
export function isExposed(exposure: Exposure): boolean {
  return exposure === 'public' || exposure === 'unknown';
}
