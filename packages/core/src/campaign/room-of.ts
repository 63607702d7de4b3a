import type { CampaignState } from './state.ts';
import { CAMPAIGN_ENDS, type CampaignEnd, type CampaignStateName, type Room } from './state-name.ts';

/** The room in which a campaign stands that has passed this gate: the one that has the next word. // decided 8 */
const ROOM_OF: Readonly<Record<CampaignStateName, Room>> = {
  identified: '2-evaluation',
  evaluated: '3-testing',
  quarantined: '3-testing',
  authentic: '3-testing',
  tested: '4-backup',
  'backed-up': '5-approval',
  planned: '5-approval',
  approved: '5-approval',
  replanning: '5-approval',
  scheduled: '6-deployment',
  deploying: '6-deployment',
  paused: '6-deployment',
  halted: '6-deployment',
  'rolling-back': '6-deployment',
  monitoring: '7-documentation',
  audited: '7-documentation',
  completed: '7-documentation',
  'completed-with-exceptions': '7-documentation',
  'rolled-back': '7-documentation',
  rejected: '5-approval',
  withdrawn: '1-identification',
  superseded: '1-identification',
  'not-applicable': '1-identification',
  'risk-accepted': '2-evaluation',
  mitigated: '2-evaluation',
};

export function roomOf(name: CampaignStateName): Room {
  return ROOM_OF[name];
}

/** Nobody is allowed to start until somebody resumes it. */
export function isStopped({ name }: Pick<CampaignState, 'name'>): boolean {
  return name === 'paused' || name === 'halted';
}

/** Whoever stands still stands in the room to which they return. */
export function standsIn(state: Pick<CampaignState, 'name' | 'pause' | 'halt'>): Room {
  const behindHalt = state.name === 'halted' ? (state.halt?.returnTo ?? 'deploying') : state.name;
  const behindPause = behindHalt === 'paused' ? (state.pause?.returnTo ?? 'deploying') : behindHalt;
  return roomOf(behindPause);
}

const ENDS: ReadonlySet<CampaignStateName> = new Set(CAMPAIGN_ENDS);

export function isEnd(name: CampaignStateName): name is CampaignEnd {
  return ENDS.has(name);
}
