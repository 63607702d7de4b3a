import type { PlanBody } from '@patchsteward/core/plan';
import { type ApprovalRule, type Seat, unfilledSeats } from '@patchsteward/core/policy';
import { type Hash, ROLES, type Role, type SignedBy } from '@patchsteward/core/vocabulary';
import type { TrustRoot, VerifiedSigner } from '../root/index.ts';

/** Who stands behind a plan so far, and what is missing. */
export interface Tally {
  /** Null: the person who asks for the change has not signed. */
  readonly requester: SignedBy | null;
  /** People whose role counts for this plan, the requester not among them. */
  readonly approvers: readonly SignedBy[];
  readonly missingSeats: readonly Seat[];
  readonly missingCliSignatures: number;
  /** False under a solo root: every report must say so. // decided 27 */
  readonly separationOfDuties: boolean;
}

/** One key asks, another confirms. */
const SOLO_KEYS_MIN = 2;

interface Signing {
  readonly signed: SignedBy;
  readonly keys: number;
}

/** People are counted, never keys; whoever asks for a change never approves it. // decided 26, SOP P5.1 */
export function tally(
  plan: PlanBody,
  planId: Hash,
  signers: readonly VerifiedSigner[],
  root: TrustRoot,
  rules: readonly ApprovalRule[],
): Tally {
  const people = peopleOf(signers, planId);
  const requester = people.get(plan.requester)?.signed ?? null;
  if (root.profile === 'solo') return soloTally(plan, people.get(plan.requester), rules);
  if (plan.kind === 'test') return testTally(requester, [...people.values()]);
  const seated = new Set(rules.flatMap(({ seats }) => seats.flat()));
  const approvers = [...people.values()]
    .map(({ signed }) => signed)
    .filter(({ person, roles }) => person !== plan.requester && roles.some((role) => seated.has(role)));
  return {
    requester,
    approvers,
    missingSeats: rules.flatMap(({ seats }) => unfilledSeats(approvers, seats)),
    missingCliSignatures: missingCli(approvers, rules),
    separationOfDuties: true,
  };
}

/** One person of IT answers for a test, and may be the one who asked. // SOP P3.1, decided 14 */
function testTally(requester: SignedBy | null, people: readonly Signing[]): Tally {
  const approvers = people.map(({ signed }) => signed).filter(({ roles }) => roles.includes('it'));
  const missingSeats: readonly Seat[] = approvers.length > 0 ? [] : [['it']];
  return { requester, approvers, missingSeats, missingCliSignatures: 0, separationOfDuties: true };
}

/** The one person confirms with a second key what was asked with the first; the roles are still needed. // decided 27 */
function soloTally(plan: PlanBody, person: Signing | undefined, rules: readonly ApprovalRule[]): Tally {
  const seats: readonly Seat[] = plan.kind === 'test' ? [['it']] : rules.flatMap((rule) => rule.seats);
  const confirmed = person !== undefined && (plan.kind === 'test' || person.keys >= SOLO_KEYS_MIN);
  const missingSeats = confirmed
    ? seats.filter((seat) => !person.signed.roles.some((role) => seat.includes(role)))
    : seats;
  const wanted = rules.some(({ cliSignatures }) => cliSignatures > 0) ? 1 : 0;
  return {
    requester: person?.signed ?? null,
    approvers: confirmed ? [person.signed] : [],
    missingSeats,
    missingCliSignatures: person?.signed.keyClass === 'cli' ? 0 : wanted,
    separationOfDuties: false,
  };
}

function missingCli(approvers: readonly SignedBy[], rules: readonly ApprovalRule[]): number {
  const wanted = Math.max(0, ...rules.map(({ cliSignatures }) => cliSignatures));
  return Math.max(0, wanted - approvers.filter(({ keyClass }) => keyClass === 'cli').length);
}

function peopleOf(signers: readonly VerifiedSigner[], statement: Hash): ReadonlyMap<string, Signing> {
  const people = new Map<string, Signing>();
  for (const signer of signers) {
    if (signer.kind !== 'person') continue;
    const before = people.get(signer.person.login);
    const keyClass = before?.signed.keyClass === 'cli' ? 'cli' : signer.keyClass;
    const { login, roles } = signer.person;
    const signed = { person: login, roles: roles.filter(isRole), keyClass, statement };
    people.set(login, { signed, keys: (before?.keys ?? 0) + 1 });
  }
  return people;
}

function isRole(role: string): role is Role {
  return ROLES.some((each) => each === role);
}
