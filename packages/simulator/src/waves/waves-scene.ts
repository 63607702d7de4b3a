import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { DAY_MS, HOUR_MS } from '@patchsteward/core/vocabulary';
import { drawFleet } from '../world/fleet.ts';
import type { Scene } from '../world/scene.ts';

export const HOSTS = 50;
/** Signatures in this lane end so long after the due time. */
const AFTER_DUE_MS = 7 * DAY_MS;
const HORIZON_MS = DEFAULT_POLICY.routine.dueMs + AFTER_DUE_MS;

/**
 * Fifty hosts in the standard lane, by the policy that nobody has changed: its notice, waves, limits and soaks. Nobody
 * lets a campaign go on that stopped.
 */
export function wavesScene(badHosts: number): Scene {
  return {
    lane: 'routine',
    approvers: ['cem', 'ben'],
    drawPolicy: () => DEFAULT_POLICY,
    drawFleet: (dice) => drawFleet(dice, HOSTS),
    dueMs: [DEFAULT_POLICY.routine.dueMs],
    windowsMs: HORIZON_MS,
    badHosts,
    goesOn: false,
    healsMs: HOUR_MS,
    horizonMs: HORIZON_MS,
  };
}
