import type { Hash, Instant, Reason, Role, SignedBy } from '../../vocabulary/index.ts';
import { reasonOf } from '../../vocabulary/index.ts';
import type { CampaignEvent, CampaignEventKind } from '../event.ts';
import type { Guard } from '../guards/case.ts';
import type { CampaignState } from '../state.ts';
import { step } from '../step.ts';
import type { ExplainContext } from '../waiting-for.ts';

/** Somebody who looks at what waits for people: what the trust root says of them, and what they said before. */
export interface Decider {
  readonly person: string;
  readonly roles: readonly Role[];
  /** Of their keys in the trust root; none: nothing that they sign counts. */
  readonly keyClasses: readonly SignedBy['keyClass'][];
  /** Words of theirs since the campaign came to this state, which count once others say the same. */
  readonly said: readonly CampaignEventKind[];
}

/** Guards ask who signs and with what, never what the hash is: nobody has signed yet, so there is none. */
const NOT_SIGNED_YET = 'sha256:not-signed-yet' as Hash;

/** The signatures that a person could give. Without a key they are asked about as if they had one: that comes last. */
export function signaturesOf({ person, roles, keyClasses }: Decider): readonly SignedBy[] {
  const classes = keyClasses.length === 0 ? (['cli'] as const) : keyClasses;
  return classes.map((keyClass) => ({ person, roles, keyClass, statement: NOT_SIGNED_YET }));
}

/** One of them, where it does not matter with which key. */
export function signatureOf(who: Decider): SignedBy {
  const { person, roles } = who;
  return signaturesOf(who)[0] ?? { person, roles, keyClass: 'cli', statement: NOT_SIGNED_YET };
}

/** Why the campaign would refuse this; null where it would take it. The table answers, nobody else. */
export function refusalOf(state: CampaignState, event: CampaignEvent, context: ExplainContext): Reason | null {
  const stepped = step(state, event, { ...context, by: 'system' });
  return 'refused' in stepped ? stepped.refused : null;
}

/** What one guard says, where its answer must not stand behind that of another. */
export function askGuard(guard: Guard, state: CampaignState, event: CampaignEvent, context: ExplainContext) {
  return guard({ state, event, next: state, ...context, by: 'system' });
}

/** What keeps everybody from signing who is not in the trust root. */
export function withoutKey({ person, keyClasses }: Decider, by?: Instant): Reason | null {
  return keyClasses.length === 0 ? reasonOf('key-not-in-root', person, by) : null;
}

/** A word that waits for others is refused for want of them alone: whoever has a role that counts may say it. */
export function unlessOthersMissing(refusal: Reason | null): Reason | null {
  return refusal?.code === 'signer-lacks-role' ? null : refusal;
}

export function rolesAmong(who: Decider, wanted: readonly (Role | 'system')[]): readonly Role[] {
  return who.roles.filter((role) => wanted.includes(role));
}
