import { type Lane, type Reason, reasonOf } from '../../vocabulary/index.ts';
import { type Case, differentPeople, type Guard, signersOf, unless } from './case.ts';

/** A mitigation is as urgent as an emergency: going from one to the other lowers nothing. */
const URGENCY: Readonly<Record<Lane, number>> = { routine: 0, critical: 1, emergency: 2, mitigation: 2 };

/** Steps 1 and 2: whom the campaign belongs to, how fast it must travel, what the change risks. // SOP P1 P2 */
export const EVALUATION_GUARDS = {
  'requester-named': ({ state }) =>
    unless(
      state.requester !== '' && state.requester !== 'system' && !state.requester.includes(':'),
      'requester-not-named',
      state.requester,
    ),
  'scope-empty': ({ next, event }) =>
    unless(event.kind === 'scope.computed' && next.assets.length === 0, 'scope-not-known', next.title),
  'evaluation-complete': (given) => evaluationMissing(given)[0] ?? null,
  'lane-not-lowered': (given) => unless(!lowers(given), 'lane-lowered', given.state.title),
  'lane-change-signed': (given) => laneChangeSigned(given),
  'lane-changes': ({ state, next }) => unless(state.lane !== next.lane, 'lane-raised', state.title),
  'risk-signed': ({ event, state }) =>
    unless(
      signersOf(event).some(({ roles }) =>
        roles.some((role) => role === 'it' || role === 'security' || role === 'change'),
      ),
      'signer-lacks-role',
      `it, security or change for ${state.title}`,
    ),
} as const satisfies Record<string, Guard>;

/** What keeps a campaign in identification, in the order of the procedure. */
export function evaluationMissing({ next }: Pick<Case, 'next'>): Reason[] {
  return [
    ...(next.scopeAt === null || next.assets.length === 0 ? [reasonOf('scope-not-known', next.title)] : []),
    ...(next.lane === null ? [reasonOf('lane-not-known', next.title)] : []),
    ...(next.risk === null ? [reasonOf('risk-not-assessed', next.title, next.due ?? undefined)] : []),
  ];
}

/** A later due time in the same lane is a slower lane by another name. */
function lowers({ state, next }: Case): boolean {
  if (state.lane === null || next.lane === null || state.due === null || next.due === null) return false;
  const change = URGENCY[next.lane] - URGENCY[state.lane];
  return change < 0 || (change === 0 && next.due > state.due);
}

/** Security raises alone; to lower takes an owner as well. // §2.8 S17 */
function laneChangeSigned(given: Case): Reason | null {
  const signers = signersOf(given.event);
  if (!lowers(given)) return unless(differentPeople(signers, ['security']), 'signer-lacks-role', 'security');
  return unless(differentPeople(signers, ['security', 'owner']), 'lane-lowered', given.state.title);
}
