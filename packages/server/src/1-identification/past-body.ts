import type { FleetFindingPage } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { timeOf } from './assessment-body.ts';

/** How far an answer about a day of the past is of that day. */
export function pastBody(
  at: Instant,
  historyFrom: Instant | null,
  assetsUnknownThen: number,
): NonNullable<FleetFindingPage['past']> {
  return {
    at: timeOf(at),
    historyFrom: historyFrom === null ? null : timeOf(historyFrom),
    assetsUnknownThen,
    note: 'Claims, packages and listings as exploited are of that day; names and labels of assets are those of today, and EPSS is told only where its figure is as old.',
  };
}
