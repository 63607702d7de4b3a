import { DAY_MS, HOUR_MS, type Lane, MINUTE_MS } from '../vocabulary/index.ts';
import { DEFAULT_APPROVALS } from './approvals.ts';
import type { LanePolicy } from './lane-policy.ts';

const ROUTINE: LanePolicy = {
  approvals: DEFAULT_APPROVALS.routine,
  noticeMs: 48 * HOUR_MS,
  coolingOffMs: 7 * DAY_MS,
  testSoakMs: 24 * HOUR_MS,
  testStartMs: 24 * HOUR_MS,
  testDebtMs: 72 * HOUR_MS,
  approvalAskMs: 24 * HOUR_MS,
  provenHostsMin: 3,
  waveSoakMs: 24 * HOUR_MS,
  soakMs: 24 * HOUR_MS,
  authority: { from: 'due', forMs: 7 * DAY_MS },
  backupAgeMaxMs: 24 * HOUR_MS,
  integrityAgeMaxMs: 7 * DAY_MS,
  pauseLimit: { failures: 2, percent: 2, alike: 2 },
  expectedFailures: 3,
  waveShareMax: 0.25,
  startReserveMs: 30 * MINUTE_MS,
  rollbackGraceMs: 2 * HOUR_MS,
  response: { termMaxMs: 180 * DAY_MS, seats: [['owner', 'security']] },
};

const CRITICAL: LanePolicy = {
  ...ROUTINE,
  approvals: DEFAULT_APPROVALS.critical,
  noticeMs: 4 * HOUR_MS,
  coolingOffMs: 0,
  testSoakMs: 4 * HOUR_MS,
  testStartMs: 10 * HOUR_MS,
  approvalAskMs: 4 * HOUR_MS,
  waveSoakMs: 4 * HOUR_MS,
  authority: { from: 'compiled', forMs: 72 * HOUR_MS },
  response: { termMaxMs: 30 * DAY_MS, seats: [['owner'], ['security']] },
};

const EMERGENCY: LanePolicy = {
  ...CRITICAL,
  approvals: DEFAULT_APPROVALS.emergency,
  noticeMs: 0,
  testSoakMs: 30 * MINUTE_MS,
  testStartMs: 4 * HOUR_MS,
  approvalAskMs: 15 * MINUTE_MS,
  provenHostsMin: 1,
  waveSoakMs: 30 * MINUTE_MS,
  soakMs: 72 * HOUR_MS,
  authority: { from: 'compiled', forMs: 24 * HOUR_MS },
  pauseLimit: { failures: 2, percent: 5, alike: 3 },
  response: { termMaxMs: 7 * DAY_MS, seats: [['owner'], ['security']] },
};

const MITIGATION: LanePolicy = {
  ...EMERGENCY,
  approvals: DEFAULT_APPROVALS.mitigation,
  testSoakMs: 15 * MINUTE_MS,
  waveSoakMs: 15 * MINUTE_MS,
  soakMs: 24 * HOUR_MS,
  authority: { from: 'compiled', forMs: 14 * DAY_MS },
  pauseLimit: { failures: 1, percent: 0, alike: 1 },
  // rollout-and-trust §2.3: a mitigation holds for 14 days.
  response: { termMaxMs: 14 * DAY_MS, seats: [['owner'], ['security']] },
};

/** The procedure's figures per lane, and ours where it names none. // rollout-and-trust §2.3 */
export const DEFAULT_LANES: Readonly<Record<Lane, LanePolicy>> = {
  routine: ROUTINE,
  critical: CRITICAL,
  emergency: EMERGENCY,
  mitigation: MITIGATION,
};
