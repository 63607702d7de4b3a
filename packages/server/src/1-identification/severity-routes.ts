import type { SeverityOutcome } from '@patchsteward/contract';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import type { PersonPrincipal } from '../platform/http/principal.ts';
import { followed } from './knowledge.ts';
import { performFollowing } from './severity-follow.ts';
import { severityPage } from './severity-page.ts';
import { performSaying, previewChange, previewSaying, type Saying, type SeverityTools } from './severity-perform.ts';
import { severityWords } from './severity-words.ts';

type SeverityRouteId =
  | 'severity.list'
  | 'severity.show'
  | 'severity.preview'
  | 'severity.judge'
  | 'severity.withdraw'
  | 'severity.follow';

interface Parts extends SeverityTools {
  readonly db: Db;
  readonly keptPlans: Db;
  /** Judges and assesses what waits: whoever spoke reads the lists next. */
  readonly settle: () => Promise<unknown>;
}

/** What Security says of severities that no source names. // decided 19c, SOP P2.1 */
export function severityRoutes(parts: Parts): Handlers<SeverityRouteId> {
  const { db } = parts;
  const say = async (
    saying: Saying & { readonly replace: boolean },
    { id, login, name }: PersonPrincipal,
    now: number,
  ): Promise<SeverityOutcome> => {
    const by = { actor: `person:${id}` as const, at: now, person: { login, name } };
    const outcome = await performSaying(parts, saying, by);
    await parts.settle();
    return outcome;
  };
  return {
    'severity.list': ({ query, now }) => severityPage(parts.keptPlans, query, now),
    'severity.show': ({ params, query }) => severityWords(db, params.vulnerability, query.distribution, parts.policy),
    'severity.preview': ({ body: { vulnerabilities, severity }, principal, now }) =>
      severity === 'as-sources-say'
        ? previewChange(db, parts, { vulnerabilities, becomingOf: followed }, now)
        : previewSaying(
            db,
            parts,
            { vulnerabilities, severity, why: '' },
            { at: now, name: principal.kind === 'person' ? principal.name : '' },
          ),
    'severity.judge': ({ body, principal, now }) => say(body, principal, now),
    'severity.follow': async ({ body, principal, now }) => {
      const outcome = await performFollowing(parts, body, { actor: `person:${principal.id}`, at: now });
      await parts.settle();
      return outcome;
    },
    'severity.withdraw': ({ body, principal, now }) => say({ ...body, severity: null, replace: true }, principal, now),
  };
}
