/** A state is named for the gate that was passed. // decided 8, rollout-and-trust §2.2 */
export const CAMPAIGN_STATES = [
  'identified',
  'evaluated',
  'authentic',
  'quarantined',
  'tested',
  'backed-up',
  'planned',
  'approved',
  'scheduled',
  'deploying',
  'paused',
  'halted',
  'replanning',
  'rolling-back',
  'monitoring',
  'audited',
] as const;

export const CAMPAIGN_ENDS = [
  'completed',
  'completed-with-exceptions',
  'rolled-back',
  'rejected',
  'withdrawn',
  'superseded',
  'not-applicable',
  'risk-accepted',
  'mitigated',
] as const;

export type CampaignEnd = (typeof CAMPAIGN_ENDS)[number];
export type CampaignStateName = (typeof CAMPAIGN_STATES)[number] | CampaignEnd;

export const ROOMS = [
  '1-identification',
  '2-evaluation',
  '3-testing',
  '4-backup',
  '5-approval',
  '6-deployment',
  '7-documentation',
] as const;
export type Room = (typeof ROOMS)[number];
