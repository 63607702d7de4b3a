import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { type Listing, type MovedBy, storeHeld, storeUrgencyChanges, type UrgencyChange } from './held-store.ts';

interface Staged {
  /** Whether what the staged catalog does not name is gone, or may be what could not be read. */
  readonly isComplete: boolean;
  /** Whether the dates of the catalog bind; where they are only shown, a later one takes nothing from anybody. */
  readonly dueBinds: boolean;
}

interface ListedRow {
  readonly vulnerability: string;
  /** As it counts; null: it is new. */
  readonly before: Listing;
  /** As the catalog has it now; null: no more. */
  readonly after: Listing;
  readonly weaker: boolean;
}

/**
 * The catalog in the temporary table `staged` says less of something that assets have: it lists it no more, or as listed
 * later. That makes nothing slower by itself: the stage is brought back to what counts, and the rest waits for a person.
 * // SOP P2.1
 */
export async function holdListings(tx: Tx, { isComplete, dueBinds }: Staged, by: MovedBy): Promise<void> {
  const { rows } = await sql<ListedRow>`
    with compared as (
      select vulnerability, known.vulnerability is not null as is_known, staged.vulnerability is not null as is_listed,
        known.added, known.due, staged.added as says_added, staged.due as says_due
      from identification.known_exploited as known full join staged using (vulnerability)
      where staged.vulnerability is not null or ${isComplete}
    )
    select vulnerability,
      case when is_known then jsonb_build_object('added', added, 'due', due) end as before,
      case when is_listed then jsonb_build_object('added', says_added, 'due', says_due) end as after,
      is_known and (not is_listed or says_added > added
        or ${dueBinds} and coalesce(says_due, 'infinity') > coalesce(due, 'infinity')) as weaker
    from compared
    where (added, due, is_known) is distinct from (says_added, says_due, is_listed)
      and exists (
        select from identification.finding where finding.vulnerability = compared.vulnerability and finding.affected
      )
    order by vulnerability
  `.execute(tx);
  const held = rows
    .filter(({ weaker }) => weaker)
    .map(({ vulnerability, after }) => ({ vulnerability, what: 'known-exploited' as const, says: { listed: after } }));
  const waiting = new Set(await storeHeld(tx, 'known-exploited', { about: await answered(tx, isComplete), held }, by));
  await storeUrgencyChanges(
    tx,
    'known-exploited',
    rows.flatMap((row) => changeOf(row, waiting)),
    by,
  );
  await sql`insert into merged select unnest(${[...waiting]}::text[])`.execute(tx);
  await restage(
    tx,
    held.map(({ vulnerability }) => vulnerability),
  );
}

/** What waited before and the catalog speaks of now. */
async function answered(tx: Tx, isComplete: boolean): Promise<string[]> {
  const { rows } = await sql<{ vulnerability: string }>`
    select vulnerability from identification.held_urgency
    where what = 'known-exploited' and (${isComplete} or vulnerability in (select vulnerability from staged))
  `.execute(tx);
  return rows.map(({ vulnerability }) => vulnerability);
}

function changeOf({ vulnerability, before, after, weaker }: ListedRow, waiting: ReadonlySet<string>): UrgencyChange[] {
  const words = { vulnerability, before: { listed: before }, after: { listed: after } };
  if (weaker) return waiting.has(vulnerability) ? [{ ...words, kind: 'held' }] : [];
  return before === null ? [{ ...words, kind: 'raised' }] : [];
}

async function restage(tx: Tx, held: readonly string[]): Promise<void> {
  if (held.length === 0) return;
  await sql`
    update staged set added = least(staged.added, known.added), due = least(staged.due, known.due)
    from identification.known_exploited as known
    where known.vulnerability = staged.vulnerability and staged.vulnerability = any(${held}::text[])
  `.execute(tx);
  await sql`
    insert into staged (vulnerability, added, due, ransomware, name)
    select vulnerability, added, due, ransomware, name from identification.known_exploited
    where vulnerability = any(${held}::text[]) and vulnerability not in (select vulnerability from staged)
  `.execute(tx);
}
