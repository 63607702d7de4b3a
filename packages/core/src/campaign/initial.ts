import type { EventOf } from './event.ts';
import type { CampaignState, Trial } from './state.ts';

export const NO_TRIAL: Trial = { plan: null, started: null, verdict: null, accepted: [], debt: null };

/** What testing, backup, approval and deployment leave behind, before they did anything. */
export const NOTHING_DONE = {
  authenticity: null,
  trial: NO_TRIAL,
  backup: null,
  plan: null,
  carried: null,
  rollbackPlan: null,
  change: null,
  windows: [],
  votes: [],
  notice: null,
  waves: [],
  pause: null,
  halt: null,
  outdatedBy: [],
  resumedAt: null,
  rollback: null,
  rolledBack: null,
  soak: null,
  rescan: null,
  audits: [],
  dispositions: [],
  end: null,
} as const satisfies Partial<CampaignState>;

/** A campaign before its first event is absorbed. */
export function newCampaign(event: EventOf<'update.seen'>): CampaignState {
  const { campaign, title, updates, requester, releasedAt, firstSeen } = event;
  return {
    id: campaign,
    title,
    updates,
    requester,
    releasedAt,
    firstSeen,
    name: 'identified',
    since: firstSeen,
    version: 0,
    assets: [],
    scopeAt: null,
    lane: null,
    due: null,
    laneReasons: [],
    revised: null,
    risk: null,
    waivers: [],
    exceptions: [],
    plansSeen: [],
    stalePlans: [],
    deployed: false,
    declared: [],
    verdicts: {},
    ...NOTHING_DONE,
  };
}
