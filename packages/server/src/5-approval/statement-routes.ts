import { type Envelope, parseEnvelope } from '@patchsteward/trust/dsse';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { envelopeBody, openEnvelope } from './envelope.ts';
import { type StatementParts, signStatement } from './statement-sign.ts';
import { statementsOf } from './statement-store.ts';

type StatementRouteId = 'statement.list' | 'statement.sign';

export function statementRoutes(parts: StatementParts & { readonly db: Db }): Handlers<StatementRouteId> {
  return {
    'statement.list': async ({ params }) => ({
      items: (await statementsOf(parts.db, params.id)).map(
        ({ statement, kind, person, plan, at, storedAt, envelope }) => ({
          statement,
          kind,
          person,
          plan,
          at: new Date(at).toISOString(),
          storedAt: new Date(storedAt).toISOString(),
          envelope: envelopeBody(storedEnvelope(envelope)),
        }),
      ),
    }),
    'statement.sign': async ({ params, body, principal, now, log }) => {
      const by = { actor: actorOf(principal), at: now };
      const stored = await signStatement(parts, params.id, openEnvelope(body.envelope), by);
      log.info({ campaign: params.id, kind: stored.kind, person: stored.person }, 'statement signed');
      return stored;
    },
  };
}

/** It was verified when it came; that it cannot be read any more is a damaged database. */
function storedEnvelope(text: string): Envelope {
  const read = parseEnvelope(Buffer.from(text, 'utf8'));
  if (read.ok) return read.value;
  throw new TypeError(`a stored statement cannot be read: ${read.refusal.detail}`);
}
