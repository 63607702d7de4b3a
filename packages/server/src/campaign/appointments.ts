import type { CampaignEvent, CampaignTimer } from '@patchsteward/core/campaign';
import type { Instant } from '@patchsteward/core/vocabulary';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { TimerChange } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';

/** What a timer of a campaign is called: `<campaign> <key>`. */
export const APPOINTMENT = 'campaign.appointment';

/** Writes down what a campaign is to be told and when; a later appointment of the same key takes its place. */
export async function makeAppointments(
  tx: Tx,
  campaign: string,
  timers: readonly CampaignTimer[],
): Promise<TimerChange[]> {
  for (const { key, at, event } of timers) {
    const values = { due: timestamp(at), event: json(plainJson(event)) };
    await tx
      .insertInto('campaign.appointment')
      .values({ campaign, key, ...values })
      .onConflict((conflict) => conflict.columns(['campaign', 'key']).doUpdateSet(values))
      .execute();
  }
  return timers.map(({ key, at }) => ({ kind: APPOINTMENT, subject: `${campaign} ${key}`, due: at }));
}

/** The event of an appointment that is due, taken away; undefined where it was moved or kept meanwhile. */
export async function keepAppointment(
  tx: Tx,
  campaign: string,
  key: string,
  now: Instant,
): Promise<CampaignEvent | undefined> {
  const row = await tx
    .deleteFrom('campaign.appointment')
    .where('campaign', '=', campaign)
    .where('key', '=', key)
    .where('due', '<=', timestamp(now))
    .returning('event')
    .executeTakeFirst();
  // Only makeAppointments writes it.
  return row?.event as unknown as CampaignEvent | undefined;
}
