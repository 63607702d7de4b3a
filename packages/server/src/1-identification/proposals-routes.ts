import type { Policy } from '@patchsteward/core/policy';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { proposalPage, proposalShown } from './proposals.ts';

export function proposalRoutes({
  db,
  policy,
}: {
  readonly db: Db;
  readonly policy: Policy;
}): Handlers<'proposal.list' | 'proposal.show'> {
  return {
    'proposal.list': ({ query, now }) => proposalPage(db, query, now),
    'proposal.show': ({ params, now }) => proposalShown(db, params, policy, now),
  };
}
