import { isEnd } from '../room-of.ts';
import { CAMPAIGN_STATES, type CampaignStateName } from '../state-name.ts';
import { CAMPAIGN_TABLE } from '../table.ts';

/** States in which a halt or a pause can find a campaign that goes on afterwards. */
const PAUSABLE: readonly CampaignStateName[] = ['approved', 'scheduled', 'deploying', 'rolling-back', 'monitoring'];

/** Every transition that the table promises, state by state: `planned approval.signed approved`. */
export function listedTransitions(): string[] {
  const listed = CAMPAIGN_TABLE.flatMap(({ from, on, to }) =>
    from.flatMap((name) => targets(name, to).map((target) => `${name} ${on} ${target}`)),
  );
  return [...new Set(listed)];
}

function targets(from: string, to: CampaignStateName | 'same' | 'back'): readonly string[] {
  if (to === 'same') return [from];
  if (to !== 'back') return [to];
  return from === 'halted' ? CAMPAIGN_STATES.filter((name) => name !== 'halted' && !isEnd(name)) : PAUSABLE;
}
