import type { FleetFindingPage } from '@patchsteward/contract';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';

/** How far an answer about a day of the past is of that day. */
export function pastLines(past: FleetFindingPage['past']): string[] {
  if (past === null) return [];
  const { at, historyFrom, assetsUnknownThen, note } = past;
  const from =
    historyFrom === null ? 'no report is kept' : `the first report that is kept is of ${momentText(historyFrom)}`;
  const unknown = assetsUnknownThen === 0 ? '' : ` ${assetsUnknownThen} of the assets of today had not reported yet.`;
  return [plainText(`As of ${momentText(at)}; ${from}.${unknown} ${note}`)];
}
