import { type ReasonCode, reasonOf, speaksFor } from '../../vocabulary/index.ts';
import { type Case, differentPeople, type Guard, laneOf, productionOf, signersOf, unless } from './case.ts';

/** What only the origin can mend: no signature makes other bytes right. // §2.2: auth.released */
const NEVER_RELEASED: ReadonlySet<ReasonCode> = new Set(['hash-mismatch', 'signature-wrong']);

/** Steps 3 and 4: genuine files, a test that says pass, something to come back to. // SOP P3 P4, checklist c8-c10 c14 */
export const TESTING_GUARDS = {
  'released-by-two-of-security': ({ event, state }) =>
    unless(
      differentPeople(signersOf(event), ['security', 'security']),
      'signer-lacks-role',
      `security, twice, for ${state.title}`,
    ),
  'mismatch-never-released': ({ state: { authenticity } }) => {
    const mismatch =
      authenticity?.kind === 'failed' && authenticity.reasons.find(({ code }) => NEVER_RELEASED.has(code));
    return mismatch ? reasonOf('mismatch-never-released', mismatch.subject) : null;
  },
  'test-plan-current': ({ event, state }) =>
    unless(event.kind === 'test.started' && event.plan === state.trial.plan, 'plan-not-current', subjectOf(event)),
  'test-signed-by-it': ({ event, state }) =>
    unless(
      signersOf(event).some(({ roles }) => roles.includes('it')),
      'signer-lacks-role',
      `it for ${state.title}`,
    ),
  'test-was-started': ({ state }) => unless(state.trial.started !== null, 'test-not-started', state.title),
  'test-passed': ({ event, state }) =>
    unless(event.kind === 'test.verdict' && event.result === 'pass', 'test-failed', state.title),
  'test-failed': ({ event, state }) =>
    unless(event.kind === 'test.verdict' && event.result === 'fail', 'test-running', state.title),
  'only-inconclusive-accepted': ({ state: { trial, title } }) =>
    unless(trial.verdict?.result === 'inconclusive', trial.verdict === null ? 'test-running' : 'test-failed', title),
  'accepted-by-it-and-owner': ({ event, state }) =>
    unless(differentPeople(signersOf(event), ['it', 'owner']), 'signer-lacks-role', `it and owner for ${state.title}`),
  'deferred-by-security': ({ event, state }) =>
    unless(
      signersOf(event).some(({ roles }) => roles.includes('security')),
      'signer-lacks-role',
      `security for ${state.title}`,
    ),
  'deferred-for-a-time': (given) => {
    const { event, now } = given;
    const ends = event.kind === 'test.deferred' && event.due > now && event.due <= now + laneOf(given).testDebtMs;
    return unless(ends, 'expiry-not-ahead', 'the deferred test');
  },
  'test-debt-open': ({ state }) =>
    unless(state.trial.debt !== null && state.trial.debt.paidAt === null, 'event-not-listed', 'a test'),
  'test-debt-paid': ({ state: { trial, title } }) =>
    unless(trial.debt === null || trial.debt.paidAt !== null, 'test-debt-open', title, trial.debt?.due),
  'backup-nothing-missing': ({ event, state }) =>
    unless(event.kind === 'backup.checked' && event.missing.length === 0, 'backup-missing', state.title),
  'every-asset-backed-up': (given) => backedUp(given),
  'waiver-by-owner': (given) => waivedByOwner(given),
} as const satisfies Record<string, Guard>;

/** A proof or a waiver that is still in force, for each asset in production. // §2.8 S9 */
function backedUp({ next, now }: Case) {
  const checked = next.backup;
  if (checked === null) return reasonOf('backup-not-checked', next.title);
  const lacking = productionOf(next).find(({ assetId }) => {
    const proof = checked.proofs.find((one) => one.assetId === assetId);
    if (proof === undefined) return true;
    return proof.waived && !next.waivers.some((one) => one.assetId === assetId && one.expiresAt > now);
  });
  if (lacking !== undefined) return reasonOf('backup-missing', lacking.name);
  return checked.missing[0] ?? null;
}

function waivedByOwner({ event, state }: Case) {
  if (event.kind !== 'waiver.signed') return null;
  const asset = state.assets.find(({ assetId }) => assetId === event.assetId);
  if (asset === undefined) return reasonOf('not-in-scope', event.assetId);
  return unless(speaksFor(event.signed, asset), 'not-the-owner', asset.name);
}

function subjectOf(event: Case['event']): string {
  return 'plan' in event ? event.plan : event.kind;
}
