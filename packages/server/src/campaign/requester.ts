import type { CampaignRequest } from '@patchsteward/contract';
import type { Db } from '../platform/database.ts';
import type { LocalPrincipal, PersonPrincipal } from '../platform/http/principal.ts';
import { Refusal } from '../platform/http/refusal.ts';

/** A person asks for the change in their own name; the line on the server itself says in whose. // decided 26 */
export async function requesterOf(
  db: Db,
  { requester }: Pick<CampaignRequest, 'requester'>,
  principal: PersonPrincipal | LocalPrincipal,
): Promise<string> {
  if (principal.kind === 'person') {
    if (requester === undefined || requester === principal.login) return principal.login;
    throw new Refusal('not-allowed', `You ask in your own name, ${principal.login}, and not in that of ${requester}.`);
  }
  const row =
    requester === undefined
      ? undefined
      : await db
          .selectFrom('access.person')
          .select('login')
          .where('login', '=', requester)
          .where('disabled_at', 'is', null)
          .executeTakeFirst();
  if (row !== undefined) return row.login;
  throw new Refusal('bad-request', 'Somebody must ask for the change, and they will sign for it.', {
    details: [{ path: 'body.requester', problem: 'must be the login of a person' }],
  });
}
