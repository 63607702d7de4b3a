import { INBOX_NAMES_MAX, type InboxItem } from '@patchsteward/contract';
import { responseRule } from '@patchsteward/core/2-evaluation';
import { type Policy, unfilledSeats, type Voter } from '@patchsteward/core/policy';
import { type Instant, reasonOf } from '@patchsteward/core/vocabulary';
import { firstAssetNames, type WaitingResponse, waitingResponses } from '../../2-evaluation/response-waiting.ts';
import type { Reader } from '../../platform/database.ts';
import { reasonBody } from '../../platform/http/reason-body.ts';

/** Exceptions that wait for whoever asks, beside the decisions on campaigns. // SP 800-40r4 §2.2 */
export async function exceptionItems(reader: Reader, voter: Voter, policy: Policy, now: Instant): Promise<InboxItem[]> {
  const waiting = await waitingResponses(reader, voter, { policy, now });
  const ids = waiting.map(({ response }) => response.id);
  const names = await firstAssetNames(reader, ids, INBOX_NAMES_MAX);
  return waiting.map((one) => itemOf(one, voter, { policy, now, names: names.get(one.response.id) ?? [] }));
}

interface Surroundings {
  readonly policy: Policy;
  readonly now: Instant;
  readonly names: readonly string[];
}

function itemOf({ response, theirs }: WaitingResponse, voter: Voter, { policy, now, names }: Surroundings): InboxItem {
  const { id, title, state } = response;
  const { terms, basis } = state;
  const missing = unfilledSeats(state.agreed, responseRule(terms, basis, policy).seats).flat();
  // Agreed to after that, the findings are late already.
  const by = basis.due ?? terms.until;
  return {
    ...{ id: `${id}:agree-exception`, kind: 'agree-exception', campaign: null, exception: id, plan: null, title },
    ...{ lane: basis.lane, due: basis.due === null ? null : timeOf(basis.due), by: timeOf(by), late: by < now },
    ...{ hosts: basis.assets, hostNames: [...names] },
    as: theirs ? voter.roles.filter((role) => missing.includes(role)) : ['requester'],
    waiting: reasonBody(reasonOf('exception-unanswered', title)),
    barred: theirs ? null : reasonBody(reasonOf('exception-needs-others', title)),
    command: theirs ? `patchsteward exception agree ${id}` : null,
  };
}

function timeOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
