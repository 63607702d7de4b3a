import type { Counting } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** When CISA listed it as exploited, and by when it wants it patched; null: it lists it not, or no more. */
export type Listing = { readonly added: string; readonly due: string | null } | null;

/** Of one of the two kinds of words that make a vulnerability urgent. */
export type UrgencyWord =
  | { readonly what: 'rating'; readonly says: Counting }
  | { readonly what: 'known-exploited'; readonly says: { readonly listed: Listing } };

/** By which feed, and when; null: not by a feed. */
export interface MovedBy {
  readonly feed: string | null;
  readonly at: Instant;
}

export type HeldRow = UrgencyWord & { readonly vulnerability: string };

/**
 * Of these vulnerabilities, what waits from now on for a person; what sources say as it counts waits no more. Says of
 * which that is new.
 */
export async function storeHeld(
  tx: Tx,
  what: UrgencyWord['what'],
  { about, held }: { readonly about: readonly string[]; readonly held: readonly HeldRow[] },
  { feed, at }: MovedBy,
): Promise<string[]> {
  const { rows } = await sql<{ vulnerability: string }>`
    with said as materialized (
      select vulnerability, says from json_to_recordset(${JSON.stringify(held)}::json)
        as row (vulnerability text, says jsonb)
    ), over as (
      delete from identification.held_urgency
      where what = ${what} and vulnerability = any(${about}::text[])
        and vulnerability not in (select vulnerability from said)
      returning vulnerability
    ), put as (
      insert into identification.held_urgency as known (vulnerability, what, says, since, feed)
      select vulnerability, ${what}, says, ${timestamp(at)}, ${feed} from said
      on conflict (vulnerability, what) do update set says = excluded.says, feed = excluded.feed
      where known.says is distinct from excluded.says
      returning vulnerability
    )
    select vulnerability from over union select vulnerability from put
  `.execute(tx);
  return rows.map(({ vulnerability }) => vulnerability);
}

export interface UrgencyChange {
  readonly vulnerability: string;
  readonly kind: 'raised' | 'held' | 'agreed';
  readonly before: UrgencyWord['says'];
  readonly after: UrgencyWord['says'];
}

/** Keeps what moved, or would have, with both words. A source that goes to and fro says the same thing once. */
export async function storeUrgencyChanges(
  tx: Tx,
  what: UrgencyWord['what'],
  changes: readonly UrgencyChange[],
  { feed, at }: MovedBy,
): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    insert into identification.urgency_change (vulnerability, at, kind, feed, what, before, after)
    select vulnerability, ${timestamp(at)}, kind, ${feed}, ${what}, before, after
    from json_to_recordset(${JSON.stringify(changes)}::json)
      as row (vulnerability text, kind text, before jsonb, after jsonb)
    where not exists (
      select from (
        select kind, after from identification.urgency_change as old
        where old.vulnerability = row.vulnerability and old.what = ${what} order by old.id desc limit 1
      ) as last
      where last.kind = row.kind and last.after = row.after
    )
    order by vulnerability
  `.execute(tx);
}

export type KeptChange = Pick<UrgencyChange, 'kind'> &
  (
    | { readonly what: 'rating'; readonly before: Counting; readonly after: Counting }
    | {
        readonly what: 'known-exploited';
        readonly before: { readonly listed: Listing };
        readonly after: { readonly listed: Listing };
      }
  ) & { readonly at: Instant; readonly feed: string | null };

/** Changes shown of one vulnerability: more than its sources make in a year. */
const CHANGES_SHOWN_MAX = 50;

/** The newest first. */
export async function readUrgencyChanges(reader: Reader, vulnerability: string): Promise<KeptChange[]> {
  const { rows } = await sql<KeptChange>`
    select at, kind, feed, what, before, after from identification.urgency_change
    where vulnerability = ${vulnerability} order by id desc limit ${CHANGES_SHOWN_MAX}
  `.execute(reader);
  return rows;
}

/**
 * What waits of these, locked: an import that says it anew comes before or after whoever agrees. In the order in which
 * imports take them, ratings first.
 */
export async function lockHeld(tx: Tx, vulnerabilities: readonly string[]): Promise<HeldRow[]> {
  await sql`
    select from identification.vulnerability_rating
    where vulnerability = any(${vulnerabilities}::text[]) order by vulnerability for update
  `.execute(tx);
  const { rows } = await sql<HeldRow>`
    select vulnerability, what, says from identification.held_urgency
    where vulnerability = any(${vulnerabilities}::text[]) order by vulnerability, what for update
  `.execute(tx);
  return rows;
}

/** From now on counts what sources say, of those of these that wait. */
export async function letGo(tx: Tx, vulnerabilities: readonly string[], at: Instant): Promise<void> {
  const ids = sql`${vulnerabilities}::text[]`;
  await sql`
    with waiting as materialized (
      select vulnerability, says from identification.held_urgency where what = 'rating' and vulnerability = any(${ids})
    ), kept as (
      insert into identification.urgency_change (vulnerability, at, kind, feed, what, before, after)
      select vulnerability, ${timestamp(at)}, 'agreed', null, 'rating',
        jsonb_build_object('believed', rated.believed, 'ssvc', rated.ssvc), waiting.says
      from waiting join identification.vulnerability_rating as rated using (vulnerability)
    )
    update identification.vulnerability_rating as rated
    set believed = waiting.says -> 'believed', ssvc = nullif(waiting.says -> 'ssvc', 'null')
    from waiting where rated.vulnerability = waiting.vulnerability
  `.execute(tx);
  await sql`
    with waiting as materialized (
      select vulnerability, says -> 'listed' as listed from identification.held_urgency
      where what = 'known-exploited' and vulnerability = any(${ids})
    ), kept as (
      insert into identification.urgency_change (vulnerability, at, kind, feed, what, before, after)
      select vulnerability, ${timestamp(at)}, 'agreed', null, 'known-exploited',
        jsonb_build_object('listed', jsonb_build_object('added', known.added, 'due', known.due)),
        jsonb_build_object('listed', waiting.listed)
      from waiting join identification.known_exploited as known using (vulnerability)
    ), gone as (
      delete from identification.known_exploited as known using waiting
      where known.vulnerability = waiting.vulnerability and waiting.listed = 'null'
    )
    update identification.known_exploited as known
    set added = (waiting.listed ->> 'added')::date, due = (waiting.listed ->> 'due')::date
    from waiting where known.vulnerability = waiting.vulnerability and waiting.listed <> 'null'
  `.execute(tx);
  await sql`delete from identification.held_urgency where vulnerability = any(${ids})`.execute(tx);
}
