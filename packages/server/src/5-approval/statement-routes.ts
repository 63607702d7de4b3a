import { type Envelope, parseEnvelope } from '@patchsteward/trust/dsse';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { envelopeBody, openEnvelope } from './envelope.ts';
import { draftOf } from './statement-draft.ts';
import { type StatementParts, signStatement } from './statement-sign.ts';
import { statementsOf } from './statement-store.ts';

type StatementRouteId = 'statement.list' | 'statement.draft' | 'statement.sign';

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
    'statement.draft': async ({ params, body, principal, now }) => {
      if (principal.kind === 'local')
        throw new Refusal('not-allowed', 'A statement is made by a person: sign in first.');
      const draft = draftOf(body, { campaign: params.id, by: principal.login, at: now });
      return {
        payloadType: draft.payloadType,
        payload: Buffer.from(draft.payload).toString('base64'),
        statement: draft.statement,
        by: principal.login,
        at: new Date(now).toISOString(),
      };
    },
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
