import type { JobReport } from './event.ts';
import type { JobStateName } from './state-name.ts';

/** Nothing on the host has changed yet and nothing may: it may still be canceled. */
export const BEFORE_GRANT: readonly JobStateName[] = [
  'queued',
  'offered',
  'claimed',
  'fetching',
  'preflight',
  'armed',
  'blocked',
];

/** The first byte is unpacked: nobody stops it any more. // §2.8 S11 */
export const AT_WORK: readonly JobStateName[] = ['installing', 'verifying', 'rebooting', 'health'];

/** From which states a report of this phase may come. The agent is the truth for progress, so it may skip steps. */
export const REPORTED_FROM: Readonly<Record<JobReport['phase'], readonly JobStateName[]>> = {
  claimed: ['offered', 'claimed', 'fetching', 'preflight', 'armed', 'blocked'],
  fetching: ['offered', 'claimed', 'fetching', 'preflight', 'armed', 'blocked'],
  preflight: ['offered', 'claimed', 'fetching', 'preflight', 'armed', 'blocked'],
  armed: ['offered', 'claimed', 'fetching', 'preflight', 'armed', 'blocked'],
  // Before the point of no return a host may still find a reason against it, also with a grant in its hands.
  blocked: ['offered', 'claimed', 'fetching', 'preflight', 'armed', 'blocked', 'granted'],
  returned: ['granted'],
  // Out of the states without a grant it is a broken promise, but a fact: it is taken, and the campaign halts.
  installing: [
    'granted',
    ...AT_WORK,
    'offered',
    'claimed',
    'fetching',
    'preflight',
    'armed',
    'blocked',
    'canceled',
    'expired',
  ],
  verifying: ['granted', ...AT_WORK],
  rebooting: ['granted', ...AT_WORK],
  health: ['granted', ...AT_WORK],
  'rolling-back': ['granted', ...AT_WORK, 'failed', 'rolling-back', 'rollback-failed'],
  succeeded: ['granted', ...AT_WORK],
  failed: ['offered', 'claimed', 'fetching', 'preflight', 'armed', 'blocked', 'granted', ...AT_WORK],
  'rolled-back': ['granted', ...AT_WORK, 'failed', 'rolling-back', 'rollback-failed'],
  'rollback-failed': ['granted', ...AT_WORK, 'failed', 'rolling-back', 'rollback-failed'],
};

const TERMINAL: ReadonlySet<JobStateName> = new Set([
  'succeeded',
  'canceled',
  'expired',
  'failed',
  'rolled-back',
  'rollback-failed',
]);

/** The host will do nothing more by itself. */
export function isTerminal(name: JobStateName): boolean {
  return TERMINAL.has(name);
}
