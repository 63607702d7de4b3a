import type { FeedImported } from '@patchsteward/contract';
import { ApiError } from '@patchsteward/contract/client';
import type { Context } from '../platform/context.ts';
import type { Failure } from '../platform/failure.ts';
import { refusalOf } from '../platform/server-client.ts';
import { plainText } from '../platform/text.ts';
import { counted, numberText } from '../platform/words.ts';

/** Records that were set aside and are listed; --json has as many as the server tells. */
const QUARANTINED_SHOWN_MAX = 3;

/** What became of one feed: taken over, or refused with the sentence that says why. */
export type Outcome =
  | { readonly kind: 'imported'; readonly from: string; readonly feed: string; readonly imported: FeedImported }
  | {
      readonly kind: 'refused';
      readonly from: string;
      readonly feed: string;
      readonly code: string;
      readonly failure: Failure;
    };

/** A refusal does not keep the other feeds from being imported; a server that is gone does. */
export async function attempt(from: string, feed: string, work: () => Promise<FeedImported>): Promise<Outcome> {
  try {
    return { kind: 'imported', from, feed, imported: await work() };
  } catch (error) {
    const failure = refusalOf(error);
    if (failure === null || !(error instanceof ApiError)) throw error;
    return { kind: 'refused', from, feed, code: error.code, failure };
  }
}

/** An older file beside a newer one of the same feed is superfluous, not wrong. */
export function failed(outcome: Outcome, all: readonly Outcome[]): boolean {
  if (outcome.kind === 'imported') return false;
  return (
    outcome.code !== 'feed-outdated' || !all.some(({ kind, feed }) => kind === 'imported' && feed === outcome.feed)
  );
}

export async function tellOutcomes(
  outcomes: readonly Outcome[],
  { json }: { readonly json?: true },
  context: Context,
): Promise<void> {
  if (json === true) {
    await context.output.json({ items: outcomes.map(bodyOf) });
    return;
  }
  for (const outcome of outcomes) {
    if (outcome.kind === 'imported') await context.output.write(importedText(outcome.imported, outcome.from));
    else context.note(`${outcome.feed}, from ${outcome.from}: ${outcome.failure.message}; ${outcome.failure.advice}`);
  }
}

function bodyOf(outcome: Outcome) {
  if (outcome.kind === 'imported') return { from: outcome.from, ...outcome.imported };
  const { code, failure, feed, from } = outcome;
  return { from, feed, error: { code, message: failure.message, whatToDo: failure.advice } };
}

function importedText(imported: FeedImported, from: string): string {
  const { added, changed, durationMs, feed, records, rejudged, removed, updated } = imported;
  const { countingSince, quarantined, quarantinedTotal, rebased } = imported;
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  const changes = `${numberText(added)} added, ${numberText(updated)} updated, ${numberText(removed)} removed`;
  const judged = `${counted(rejudged, 'source version')} judged again`;
  const lines = [
    `${feed.padEnd(10)}  ${counted(records, 'record')}: ${changed ? `${changes}; ${judged}` : 'nothing new'}; ${seconds}`,
    `            from ${from}`,
  ];
  if (rebased !== undefined) {
    lines.push(
      `            ${plainText(`the model changed from ${rebased.from} to ${rebased.to}: its scores order work anew, and move no lane`)}`,
    );
  }
  if (countingSince !== null) {
    lines.push(
      '            not in all lists over the fleet yet: others judge some of it still, and the lists follow by themselves;',
      '            "patchsteward feeds status" says until when',
    );
  }
  if (imported.judgesNothing) {
    lines.push('            nothing is judged by it: all that it says of packages and products was set aside');
  }
  if (quarantinedTotal > 0) {
    lines.push(`            set aside: ${counted(quarantinedTotal, 'record')} that could not be used, for example:`);
  }
  for (const { problem, record } of quarantined.slice(0, QUARANTINED_SHOWN_MAX)) {
    lines.push(`              ${plainText(`${record}: ${problem}`)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}
