import type { CampaignEventKind, CampaignState, Decider, RollbackPlan } from '@patchsteward/core/campaign';
import { type Instant, ROLES, type Role, type SignedBy } from '@patchsteward/core/vocabulary';
import { rulesFor } from '@patchsteward/trust/authorize';
import { decodePlan } from '@patchsteward/trust/plan';
import type { TrustRoot } from '@patchsteward/trust/root';
import { type PlanRow, readPlan, type SignatureRow, signaturesOf } from '../../5-approval/plan-store.ts';
import { currentRoot } from '../../5-approval/root-store.ts';
import { saidBy } from '../../5-approval/statement-store.ts';
import type { Reader } from '../../platform/database.ts';
import type { LocalPrincipal, PersonPrincipal } from '../../platform/http/principal.ts';

/** Words that count only once others say the same, and so are kept without changing anything. */
const SAID_TOGETHER = ['auth.released', 'test.accepted'] as const satisfies readonly CampaignEventKind[];

interface Said {
  readonly campaign: string;
  readonly kind: string;
  readonly storedAt: Instant;
}

/** Whoever asks, as the newest trust root knows them. Who is not in it yet is known by their account, and has no key. */
export interface Asker {
  /** null: the line on the server itself, which signs nothing. */
  readonly login: string | null;
  readonly roles: readonly Role[];
  readonly keyClasses: readonly SignedBy['keyClass'][];
  readonly said: readonly Said[];
  /** null: there is none yet. */
  readonly root: TrustRoot | null;
}

export async function readAsker(db: Reader, principal: PersonPrincipal | LocalPrincipal): Promise<Asker> {
  const root = (await currentRoot(db))?.root ?? null;
  if (principal.kind === 'local') return { login: null, roles: [], keyClasses: [], said: [], root };
  const { login } = principal;
  const known = root?.people.find((person) => person.login === login);
  const roles = known === undefined ? principal.roles : known.roles.filter(isRole);
  const keyClasses = [...new Set((known?.keys ?? []).map((key) => key.class))].sort();
  return { login, roles, keyClasses, said: await saidBy(db, login, SAID_TOGETHER), root };
}

function isRole(role: string): role is Role {
  return ROLES.some((known) => known === role);
}

/** The same person, before one campaign. */
export function deciderOf({ login, roles, keyClasses, said }: Asker, { id, since }: CampaignState): Decider {
  const here = said.filter(({ campaign, storedAt }) => campaign === id && storedAt >= since);
  const kinds = SAID_TOGETHER.filter((kind) => here.some((one) => one.kind === kind));
  return { person: login ?? '', roles, keyClasses, said: kinds };
}

/** The way back gathers its signatures beside the campaign; null where none is to be signed. */
export async function readRollback(db: Reader, state: CampaignState, root: TrustRoot | null) {
  if (state.name !== 'rolling-back' || state.rollbackPlan === null || root === null) return null;
  const row = await readPlan(db, state.rollbackPlan);
  return row === undefined ? null : rollbackOf(row, await signaturesOf(db, row.plan), root);
}

export function rollbackOf(row: PlanRow, signatures: readonly SignatureRow[], root: TrustRoot): RollbackPlan {
  const body = decodePlan(row.payload);
  if (!body.ok) throw new TypeError(`the stored plan ${row.plan} cannot be read: ${body.refusal.detail}`);
  return {
    plan: row.plan,
    notAfter: row.notAfter,
    requested: signatures.some(({ intent }) => intent === 'request'),
    votes: votesOf(row, signatures),
    rules: rulesFor(body.value, root, null),
  };
}

export function votesOf({ plan }: Pick<PlanRow, 'plan'>, signatures: readonly SignatureRow[]): SignedBy[] {
  return signatures
    .filter(({ intent }) => intent === 'approve')
    .map(({ person, roles, keyClass }) => ({ person, roles, keyClass, statement: plan }));
}
