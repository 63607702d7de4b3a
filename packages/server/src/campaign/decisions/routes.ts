import type { Policy, Voter } from '@patchsteward/core/policy';
import { z } from 'zod';
import type { Db } from '../../platform/database.ts';
import type { Handlers } from '../../platform/http/bind.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { PersonPrincipal } from '../../platform/http/principal.ts';
import { Refusal } from '../../platform/http/refusal.ts';
import { readAsker } from './decider.ts';
import { decisionBody } from './decision-body.ts';
import { readDecisionFacts } from './decision-facts.ts';
import { inOrder, placeOf, readInbox } from './inbox.ts';
import { exceptionItems } from './inbox-exceptions.ts';

type DecisionRouteId = 'inbox.list' | 'decision.show';

/** Agreed to by the account, as its route takes it: an exception needs no key of the trust root. */
function voterOf({ login, roles }: PersonPrincipal): Voter {
  return { person: login, roles };
}

/** Told in full below what is theirs; of what is not, the first say enough. */
const NOT_YOURS_MAX = 50;

const InboxCursor = z.tuple([z.string().max(256)]);

/** What waits for whoever asks, and all that they need to decide it. // SOP P5.2 */
export function decisionRoutes({
  db,
  policy,
}: {
  readonly db: Db;
  readonly policy: Policy;
}): Handlers<DecisionRouteId> {
  return {
    'inbox.list': async ({ query, principal, now }) => {
      const [ofCampaigns, exceptions] = await Promise.all([
        readInbox(db, await readAsker(db, principal), policy, now),
        principal.kind === 'person' ? exceptionItems(db, voterOf(principal), policy, now) : [],
      ]);
      const all = inOrder([...ofCampaigns, ...exceptions]);
      const theirs = all.filter(({ barred }) => barred === null);
      const notYours = all.filter(({ barred }) => barred !== null);
      const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, InboxCursor);
      const rest = after === undefined ? theirs : theirs.filter((item) => placeOf(item) > after);
      const shown = rest.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown,
        next: last === undefined || rest.length === shown.length ? null : encodeCursor([placeOf(last)]),
        total: theirs.length,
        notYours: notYours.slice(0, NOT_YOURS_MAX),
        notYoursTotal: notYours.length,
      };
    },
    'decision.show': async ({ params, principal, now }) => {
      const asker = await readAsker(db, principal);
      const facts = await readDecisionFacts(db, params.plan, asker, policy);
      if (facts === undefined) throw new Refusal('not-found', `There is no plan ${params.plan}.`);
      return decisionBody(facts, now);
    },
  };
}
