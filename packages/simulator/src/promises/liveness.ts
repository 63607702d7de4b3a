import { isEnd, standsIn } from '@patchsteward/core/campaign';
import { isTerminal } from '@patchsteward/core/job';
import { HOUR_MS, MINUTE_MS, type Reason } from '@patchsteward/core/vocabulary';
import type { World } from '../world/world.ts';

/** Longer than any silence that the server waits for. // rollout L1 */
const GRANT_MS_MAX = 2 * HOUR_MS;
/** A server looks at its timers now and then, and may have been away until the world healed. */
const TIMER_MS_MAX = 20 * MINUTE_MS;
/** People look every ten minutes, and may be an hour late. */
const STILL_MS_MIN = 2 * HOUR_MS;
/** What only somebody at the machine can clear, with a hand that nobody has in this world. */
const OUT_OF_REACH: ReadonlySet<string> = new Set(['clock-wrong']);

/** What is owed once nothing goes wrong any more, looked at when the story ends. // rollout §2.8 L1-L9 */
export function checkLiveness(world: World): void {
  if (!world.faults.healed) return;
  checkCampaign(world);
  checkGrants(world);
  checkTimers(world);
  world.promises.terms.check();
}

/** It comes to its end, or somebody can say what it waits for and until when. // L3 L4 */
function checkCampaign({ campaign, scheduler, promises, endsAt }: World): void {
  if (campaign === undefined || scheduler.now < endsAt - MINUTE_MS) return;
  if (isEnd(campaign.name) || campaign.name === 'monitoring') return;
  // It goes on; the story is only too short.
  if (scheduler.now - promises.movedAt < STILL_MS_MIN) return;
  const verdict = campaign.verdicts[standsIn(campaign)];
  const reasons = verdict === undefined || verdict.kind === 'proceed' ? [] : reasonsOf(verdict);
  if (reasons.length === 0) promises.fail('L4', `${campaign.name}, and nothing says why`);
  const hopeless =
    reasons.length > 0 &&
    reasons.every(
      ({ code, by }) => !OUT_OF_REACH.has(code) && (by === undefined || by <= scheduler.now - TIMER_MS_MAX),
    );
  if (hopeless) promises.fail('L3', `${campaign.name} for ever: ${reasons.map(({ code }) => code).join(', ')}`);
}

function reasonsOf(
  verdict: { readonly waitingOn: readonly Reason[] } | { readonly blockedBy: readonly Reason[] },
): readonly Reason[] {
  return 'waitingOn' in verdict ? verdict.waitingOn : verdict.blockedBy;
}

/** Whoever was allowed to go down has ended, or counts as unknown. // L1 */
function checkGrants({ database, scheduler, promises }: World): void {
  for (const { key, state } of database.tables.jobs.values()) {
    if (state.slot === null || state.unknownSince !== null || isTerminal(state.name)) continue;
    const ago = scheduler.now - Math.max(state.since, state.slot.since);
    if (ago > GRANT_MS_MAX)
      promises.fail('L1', `${key.slice(-6)} is ${state.name} since ${Math.round(ago / MINUTE_MS)} min`);
  }
}

/** What was to happen at a time has happened. // L9 */
function checkTimers({ database, scheduler, promises }: World): void {
  for (const { kind, subject, due } of database.tables.timers.values()) {
    if (scheduler.now - due > TIMER_MS_MAX) promises.fail('L9', `${kind} of ${subject} is late`);
  }
}
