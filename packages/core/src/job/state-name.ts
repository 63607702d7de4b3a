/** The way of one plan on one host. The agent is the truth for progress, the server for permission. // rollout §2.6 */
export const JOB_STATES = [
  'queued',
  'offered',
  'claimed',
  'fetching',
  'preflight',
  'armed',
  'granted',
  'installing',
  'verifying',
  'rebooting',
  'health',
  'succeeded',
  'blocked',
  'canceled',
  'expired',
  'failed',
  'rolling-back',
  'rolled-back',
  'rollback-failed',
] as const;
export type JobStateName = (typeof JOB_STATES)[number];
