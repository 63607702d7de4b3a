import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { listTokens } from './enrollment-store.ts';
import { createToken, revokeToken, type TokenParts, tokenBody } from './enrollment-token.ts';

type EnrollmentRouteId = 'enrollment-token.list' | 'enrollment-token.create' | 'enrollment-token.revoke';

export interface EnrollmentParts extends TokenParts {
  readonly db: Db;
  /** The first token opens the agents' listener. */
  readonly openAgents: () => Promise<void>;
}

export function enrollmentRoutes(parts: EnrollmentParts): Handlers<EnrollmentRouteId> {
  const { db, corridor, openAgents } = parts;
  return {
    'enrollment-token.list': async ({ now }) => ({
      items: (await listTokens(db)).map((token) => tokenBody(token, now)),
    }),
    'enrollment-token.create': async ({ body, principal, now }) => {
      const created = await createToken(parts, body, { actor: actorOf(principal), at: now });
      await openAgents();
      return created;
    },
    'enrollment-token.revoke': async ({ params, principal, now }) => {
      await revokeToken(corridor, params.id, { actor: actorOf(principal), at: now });
      return {};
    },
  };
}
