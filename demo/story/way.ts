import type { CampaignStateName } from '@patchsteward/core/campaign';

/** The states of a campaign that nothing stops, in their order. */
const WAY: readonly string[] = [
  ...['identified', 'evaluated', 'authentic', 'tested', 'backed-up', 'replanning', 'planned', 'approved'],
  ...['scheduled', 'deploying', 'monitoring', 'audited', 'completed'],
];

/**
 * Whether a campaign is in the wanted state or has passed it. Nobody waits for a state that it may only pass through:
 * where backups are proved already, `tested` is over in the moment in which it begins.
 */
export function hasReached(state: string, wanted: CampaignStateName): boolean {
  const at = WAY.indexOf(state);
  return state === wanted || (at >= 0 && WAY.includes(wanted) && at >= WAY.indexOf(wanted));
}
