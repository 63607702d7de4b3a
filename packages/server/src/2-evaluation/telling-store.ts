import type { TellingKind, TellingPerson, TellingWay } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { DeliveryOutcome } from '../connectors/delivery-outcome.ts';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface ReachablePerson extends TellingPerson {
  readonly name: string;
  readonly mail: string;
}

/** People who can be written to, with what they said of how. */
export async function readReachable(reader: Reader): Promise<ReachablePerson[]> {
  const { rows } = await sql<ReachablePerson>`
    select login, name, mail, roles, coalesce((
      select json_object_agg(kind, way) from evaluation.telling_preference as said where said.person = login
    ), '{}') as ways
    from access.person where disabled_at is null and mail is not null order by login
  `.execute(reader);
  return rows;
}

export interface NewTelling {
  readonly matter: number;
  readonly person: string;
  readonly way: Exclude<TellingWay, 'quiet'>;
}

export async function putTellings(tx: Tx, tellings: readonly NewTelling[], now: Instant): Promise<void> {
  await sql`
    insert into evaluation.telling (matter, person, way, since)
    select matter, person, way, ${timestamp(now)}
    from json_to_recordset(${JSON.stringify(tellings)}::json) as new (matter bigint, person text, way text)
    on conflict do nothing
  `.execute(tx);
}

export interface WaitingTelling extends NewTelling {
  readonly since: Instant;
  readonly kind: TellingKind;
  readonly subject: string;
  readonly line: string;
  /** When the person was written to last; null: never. */
  readonly last: Instant | null;
}

/** What waits to be told, of people and matters as they are now: what is over meanwhile is not told any more. */
export async function readWaiting(tx: Tx): Promise<WaitingTelling[]> {
  const { rows } = await sql<WaitingTelling>`
    select telling.matter, telling.person, telling.way, telling.since, matter.kind, matter.subject, matter.line,
      (select max(created_at) from evaluation.told where told.person = telling.person) as last
    from evaluation.telling join evaluation.matter on matter.id = telling.matter
    where telling.message is null and matter.over_at is null
    order by telling.person, matter.id
  `.execute(tx);
  return rows;
}

export interface NewMessage {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly address: string;
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly matters: readonly number[];
}

export async function putMessage(tx: Tx, { messageId, matters, ...message }: NewMessage, now: Instant): Promise<void> {
  await tx
    .insertInto('evaluation.told')
    .values({ ...message, message_id: messageId, state: 'waiting', created_at: timestamp(now) })
    .execute();
  await sql`
    update evaluation.telling set message = ${message.id}
    where person = ${message.person} and matter = any(${matters}::bigint[])
  `.execute(tx);
}

export interface ToldRow {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly address: string;
  readonly message_id: string;
  readonly subject: string;
  readonly state: DeliveryOutcome['state'];
  readonly attempts: number;
  readonly answer: string | null;
  readonly created_at: Instant;
  readonly sent_at: Instant | null;
  readonly matters: readonly { readonly kind: TellingKind; readonly subject: string }[];
}

const toldColumns = sql`
  told.id, told.person, told.name, told.address, told.message_id, told.subject, told.state, told.attempts, told.answer,
  told.created_at, told.sent_at, coalesce((
    select json_agg(json_build_object('kind', matter.kind, 'subject', matter.subject) order by matter.id)
    from evaluation.telling join evaluation.matter on matter.id = telling.matter where telling.message = told.id
  ), '[]') as matters
`;

/** With what it says, and nobody else sends it meanwhile. */
export async function lockMessage(tx: Tx, id: string): Promise<(ToldRow & { readonly text: string }) | undefined> {
  const { rows } = await sql<ToldRow & { readonly text: string }>`
    select ${toldColumns}, told.text from evaluation.told where told.id = ${id} for update of told
  `.execute(tx);
  return rows[0];
}

export async function storeOutcome(tx: Tx, id: string, outcome: DeliveryOutcome): Promise<void> {
  const { state, attempts, answer, sentAt } = outcome;
  await tx
    .updateTable('evaluation.told')
    .set({ state, attempts, answer, sent_at: sentAt === null ? null : timestamp(sentAt) })
    .where('id', '=', id)
    .execute();
}

export interface ToldFilter {
  /** A vulnerability, a release or a feed. */
  readonly about: string | null;
  readonly person: string | null;
  readonly kind: TellingKind | null;
  /** Written at this moment or later, and before that one. */
  readonly from: Instant | null;
  readonly until: Instant | null;
}

function filtered({ about, person, kind, from, until }: ToldFilter) {
  return sql`
    ${person === null ? sql`true` : sql`told.person = ${person}`}
    and ${
      about === null
        ? sql`true`
        : sql`told.id in (
            select telling.message from evaluation.matter
            join evaluation.telling on telling.matter = matter.id where matter.subject = ${about}
          )`
    }
    and ${
      kind === null
        ? sql`true`
        : sql`exists (
            select from evaluation.telling join evaluation.matter on matter.id = telling.matter
            where telling.message = told.id and matter.kind = ${kind}
          )`
    }
    and ${from === null ? sql`true` : sql`told.created_at >= ${timestamp(from)}`}
    and ${until === null ? sql`true` : sql`told.created_at < ${timestamp(until)}`}
  `;
}

/** The newest first. */
export async function listTold(
  reader: Reader,
  filter: ToldFilter,
  { before, limit }: { readonly before: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<ToldRow[]> {
  const place =
    before === undefined ? sql`true` : sql`(told.created_at, told.id) < (${timestamp(before[0])}, ${before[1]}::uuid)`;
  const { rows } = await sql<ToldRow>`
    select ${toldColumns} from evaluation.told where ${filtered(filter)} and ${place}
    order by told.created_at desc, told.id desc limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countTold(reader: Reader, filter: ToldFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from evaluation.told where ${filtered(filter)}
  `.execute(reader);
  return rows[0]?.count ?? 0;
}

export async function readWays(reader: Reader, person: string): Promise<TellingPerson['ways']> {
  const rows = await reader
    .selectFrom('evaluation.telling_preference')
    .select(['kind', 'way'])
    .where('person', '=', person)
    .execute();
  return Object.fromEntries(rows.map(({ kind, way }) => [kind, way]));
}

/** null: they say nothing of it any more. */
export async function putWay(tx: Tx, person: string, kind: TellingKind, way: TellingWay | null): Promise<void> {
  if (way === null) {
    await tx
      .deleteFrom('evaluation.telling_preference')
      .where('person', '=', person)
      .where('kind', '=', kind)
      .execute();
    return;
  }
  await tx
    .insertInto('evaluation.telling_preference')
    .values({ person, kind, way })
    .onConflict((conflict) => conflict.columns(['person', 'kind']).doUpdateSet({ way }))
    .execute();
}

export async function readMail(reader: Reader, login: string): Promise<string | null> {
  const row = await reader.selectFrom('access.person').select('mail').where('login', '=', login).executeTakeFirst();
  return row?.mail ?? null;
}
