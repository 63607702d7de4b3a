import type { Policy } from '@patchsteward/core/policy';
import { DAY_MS, HOUR_MS, type Lane } from '@patchsteward/core/vocabulary';
import type { Dice } from '../time/dice.ts';
import { drawFleet, type Member } from './fleet.ts';
import { drawPolicy } from './policy.ts';

/** What a story is about: who is in it, by which policy, and how long it lasts. */
export interface Scene {
  readonly lane: Lane;
  /** The two beside the requester whose signatures the lane takes. */
  readonly approvers: readonly string[];
  readonly drawPolicy: (dice: Dice) => Policy;
  readonly drawFleet: (dice: Dice) => readonly Member[];
  /** From the release on; one of them. */
  readonly dueMs: readonly [number, ...number[]];
  /** So far ahead windows are known. */
  readonly windowsMs: number;
  /** On so many hosts the release breaks what runs, drawn; null: as the fault `bad-release` has it. */
  readonly badHosts: number | null;
  /** Whether a person lets a campaign go on that stopped by itself. */
  readonly goesOn: boolean;
  /** Faults end then; what is owed must come by the horizon. */
  readonly healsMs: number;
  readonly horizonMs: number;
}

/** Small fleets with times of minutes, in which anything may go wrong. */
export const SWARM: Scene = {
  lane: 'critical',
  approvers: ['cem', 'dot'],
  drawPolicy,
  drawFleet: (dice) => drawFleet(dice),
  // In some stories the time is short.
  dueMs: [2 * DAY_MS, 2 * DAY_MS, 3 * HOUR_MS],
  windowsMs: 2 * DAY_MS,
  badHosts: null,
  goesOn: true,
  healsMs: 4 * HOUR_MS,
  horizonMs: 16 * HOUR_MS,
};
