import type { ExceptionDetail, ExceptionQuery } from '@patchsteward/contract';
import type { ResponseState } from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader } from '../platform/database.ts';

export interface ListedResponse {
  readonly id: string;
  readonly title: string;
  readonly state: ResponseState;
  readonly target: ExceptionDetail['target'];
  readonly fallen: number;
  readonly renewedBy: string | null;
}

type Filter = Pick<ExceptionQuery, 'state' | 'asset' | 'vulnerability'> & {
  /** Who asked for it or agreed to it. */
  readonly person?: string | undefined;
  /** Patterns of `like`, in small letters. */
  readonly patterns: readonly string[];
};

const STATES = {
  open: sql`state in ('requested', 'standing')`,
  requested: sql`state = 'requested'`,
  standing: sql`state = 'standing'`,
  expired: sql`state = 'expired'`,
  ended: sql`state not in ('requested', 'standing')`,
  all: sql`true`,
} as const;

function conditions({ state, asset, vulnerability, person, patterns }: Filter): RawBuilder<unknown> {
  const covered = sql`
    exists (
      select from evaluation.response_cover as cover where cover.response = response.id
        and (${asset ?? null}::uuid is null or cover.asset_id = ${asset ?? null})
        and (${vulnerability ?? null}::text is null or cover.vulnerability in (${vulnerability ?? null}, ''))
    )
  `;
  const any = asset === undefined && vulnerability === undefined;
  const theirs = sql`(requester = ${person} or fold -> 'agreed' @> ${JSON.stringify([{ person }])}::jsonb)`;
  return sql`
    ${STATES[state]} and words like all (${patterns}::text[]) and ${any ? sql`true` : covered}
      and ${person === undefined ? sql`true` : theirs}
  `;
}

interface Row extends Omit<ListedResponse, 'renewedBy'> {
  readonly renewed_by: string | null;
}

const COLUMNS = sql`
  response.id, response.title, response.fold as state, response.target,
  (select count(*)::integer from evaluation.response_fallen as fallen where fallen.response = response.id) as fallen,
  (select next.id from evaluation.response as next where next.renews = response.id order by next.requested_at desc limit 1)
    as renewed_by
`;

/** Those that end first come first; what is over, the last to end first. */
export async function listResponses(
  reader: Reader,
  filter: Filter,
  { after, limit }: { readonly after: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<ListedResponse[]> {
  const ended = isOfThePast(filter.state);
  const place = ended
    ? sql`(-extract(epoch from coalesce(ended_at, until)) * 1000)`
    : sql`(extract(epoch from until) * 1000)`;
  const { rows } = await sql<Row>`
    select ${COLUMNS} from evaluation.response
    where ${conditions(filter)}
      ${after === undefined ? sql`` : sql`and (${place}, response.id) > (${after[0]}::numeric, ${after[1]}::uuid)`}
    order by ${place}, response.id limit ${limit}
  `.execute(reader);
  return rows.map(listed);
}

function isOfThePast(state: ExceptionQuery['state']): boolean {
  return state !== 'open' && state !== 'requested' && state !== 'standing';
}

/** What `listResponses` orders by. */
export function placeOfResponse(
  { id, state }: ListedResponse,
  query: ExceptionQuery['state'],
): readonly [Instant, string] {
  const ended = isOfThePast(query);
  return [ended ? -(state.endedAt ?? state.terms.until) : state.terms.until, id];
}

export async function readListed(reader: Reader, id: string): Promise<ListedResponse | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from evaluation.response where id = ${id}`.execute(reader);
  return rows.map(listed)[0];
}

function listed({ renewed_by: renewedBy, ...row }: Row): ListedResponse {
  return { ...row, renewedBy };
}

export interface ResponseCounts {
  readonly requested: number;
  readonly standing: number;
  readonly endsSoon: number;
}

export async function countResponses(reader: Reader, soon: Instant): Promise<ResponseCounts> {
  const { rows } = await sql<ResponseCounts>`
    select count(*) filter (where state = 'requested')::integer as requested,
      count(*) filter (where state = 'standing')::integer as standing,
      count(*) filter (where state = 'standing' and until <= ${timestamp(soon)})::integer as "endsSoon"
    from evaluation.response where state in ('requested', 'standing')
  `.execute(reader);
  return rows[0] ?? { requested: 0, standing: 0, endsSoon: 0 };
}

export async function countListed(reader: Reader, filter: Filter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::integer as total from evaluation.response where ${conditions(filter)}
  `.execute(reader);
  return rows[0]?.total ?? 0;
}

export interface CoveredRow {
  readonly asset_id: string;
  readonly vulnerability: string;
  readonly source: string;
  readonly cause: NonNullable<ExceptionDetail['covered'][number]['fallen']>['cause'] | null;
  readonly at: Instant | null;
}

/** The first of them, what fell out before the rest. */
export async function readCovered(reader: Reader, id: string, limit: number): Promise<CoveredRow[]> {
  const { rows } = await sql<CoveredRow>`
    select asset_id, vulnerability, source, fallen.cause, fallen.at
    from evaluation.response_cover as cover
    left join evaluation.response_fallen as fallen using (response, asset_id, vulnerability, source)
    where response = ${id} order by fallen.at nulls last, vulnerability, asset_id, source limit ${limit}
  `.execute(reader);
  return rows;
}

export async function countCovered(reader: Reader, id: string): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::integer as total from evaluation.response_cover where response = ${id}
  `.execute(reader);
  return rows[0]?.total ?? 0;
}

export interface EventRow {
  readonly at: Instant;
  readonly actor: string;
  readonly kind: string;
  readonly why: string | null;
}

export async function readEvents(reader: Reader, id: string): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select at, coalesce(body -> 'by' ->> 'person', actor) as actor, kind,
      coalesce(body ->> 'why', body -> 'terms' ->> 'why') as why
    from evaluation.response_event where response = ${id} order by version
  `.execute(reader);
  return rows;
}
