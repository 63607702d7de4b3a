import { stepResponse } from '@patchsteward/core/2-evaluation';
import type { Policy, Voter } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { type ListedResponse, listResponses } from './response-list-store.ts';

/** More that wait at once are a heap that nobody reads one by one; the list has the rest. */
const WAITING_MAX = 500;

/** A response that waits for people, seen by one of them. */
export interface WaitingResponse {
  readonly response: ListedResponse;
  /** They may agree to it; otherwise they asked for it. */
  readonly theirs: boolean;
}

/** What one person may agree to, and what they themselves asked for. */
export async function waitingResponses(
  reader: Reader,
  voter: Voter,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): Promise<WaitingResponse[]> {
  const waiting = { state: 'requested', patterns: [] } as const;
  const rows = await listResponses(reader, waiting, { after: undefined, limit: WAITING_MAX });
  return rows.flatMap((response) => {
    // The rule itself is asked, so that the inbox says what the server would.
    const result = stepResponse(response.state, { kind: 'agreed', by: voter }, { policy, now });
    const theirs = result.kind === 'moved';
    return theirs || response.state.requester === voter.person ? [{ response, theirs }] : [];
  });
}

/** The first of the names of the assets that each is about. */
export async function firstAssetNames(
  reader: Reader,
  responses: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (responses.length === 0) return new Map();
  const { rows } = await sql<{ id: string; names: string[] }>`
    select listed.id, array(
      select distinct asset.name from evaluation.response_cover as cover
      join identification.asset on asset.id = cover.asset_id
      where cover.response = listed.id order by asset.name limit ${limit}
    ) as names
    from unnest(${responses}::uuid[]) as listed (id)
  `.execute(reader);
  return new Map(rows.map(({ id, names }) => [id, names]));
}
