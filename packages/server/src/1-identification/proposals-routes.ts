import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { type ProposedBy, proposalPage, proposalShown } from './proposals.ts';

export function proposalRoutes({
  db,
  policy,
  readSaid,
}: Pick<ProposedBy, 'policy' | 'readSaid'> & {
  readonly db: Db;
}): Handlers<'proposal.list' | 'proposal.show'> {
  return {
    'proposal.list': ({ query, now }) => proposalPage(db, query, now),
    'proposal.show': ({ params, now }) => proposalShown(db, params, { policy, readSaid, now }),
  };
}
