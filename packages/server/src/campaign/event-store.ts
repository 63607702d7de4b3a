import type { Recorded } from '@patchsteward/core/campaign';
import type { JobRecorded } from '@patchsteward/core/job';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Stream } from '../platform/campaign-door.ts';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Actor, NewLeaf } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';

/**
 * Appends events and gives the entry of the record for each: what is in one and not in the other is a forgery. The
 * caller holds the row of the campaign or job, so that nobody else writes the next version. // rollout S12
 */
export async function appendEvents(
  tx: Tx,
  stream: Stream,
  recorded: readonly (Recorded | JobRecorded)[],
  by: { readonly actor: Actor; readonly at: Instant; readonly newId: () => string },
): Promise<NewLeaf[]> {
  if (recorded.length === 0) return [];
  const entries = recorded.map((one, place) => ({
    id: by.newId(),
    version: stream.version + place + 1,
    kind: one.event.kind,
    body: plainJson(one),
  }));
  await tx
    .insertInto('campaign.event')
    .values(
      entries.map(({ id, version, kind, body }) => ({
        stream: stream.name,
        version,
        campaign: stream.campaign,
        at: timestamp(by.at),
        actor: by.actor,
        kind,
        body: json(body),
        leaf: id,
      })),
    )
    .execute();
  return entries.map(({ id, version, kind, body }) => ({
    id,
    kind,
    subject: stream.campaign,
    payload: { stream: stream.name, version, recorded: body },
  }));
}

export interface EventRow {
  readonly stream: string;
  readonly version: number;
  readonly at: Instant;
  readonly actor: string;
  readonly kind: string;
  readonly body: Recorded | JobRecorded;
  readonly leaf: string;
}

/** Events of a campaign and of its jobs, in the order of time; `after`: the last one of the page before. */
export async function listEvents(
  reader: Reader,
  campaign: string,
  { after, limit }: { readonly after: readonly [Instant, string, number] | undefined; readonly limit: number },
): Promise<EventRow[]> {
  let query = reader
    .selectFrom('campaign.event')
    .select(['stream', 'version', 'at', 'actor', 'kind', 'body', 'leaf'])
    .where('campaign', '=', campaign);
  if (after !== undefined) {
    const [at, stream, version] = after;
    query = query.where((eb) =>
      eb(eb.refTuple('at', 'stream', 'version'), '>', eb.tuple(timestamp(at), eb.val(stream), eb.val(version))),
    );
  }
  const rows = await query.orderBy('at').orderBy('stream').orderBy('version').limit(limit).execute();
  // Only appendEvents writes them.
  return rows.map((row) => ({ ...row, body: row.body as unknown as EventRow['body'] }));
}

/** The events of the campaign itself in their order, each with its entry of the record: what its state was folded from. */
export async function readCampaignEntries(
  reader: Reader,
  campaign: string,
): Promise<{ readonly recorded: Recorded; readonly leaf: string }[]> {
  const rows = await reader
    .selectFrom('campaign.event')
    .select(['body', 'leaf'])
    .where('stream', '=', campaign)
    .orderBy('version')
    .execute();
  // Only appendEvents writes them; this stream has the events of a campaign and no others.
  return rows.map(({ body, leaf }) => ({ recorded: body as unknown as Recorded, leaf }));
}

export async function countEvents(reader: Reader, campaign: string): Promise<number> {
  const row = await reader
    .selectFrom('campaign.event')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('campaign', '=', campaign)
    .executeTakeFirstOrThrow();
  return row.count;
}
