import { HOUR_MS } from '../../vocabulary/index.ts';
import { fold } from '../evolve.ts';
import type { CampaignState } from '../state.ts';
import type { CampaignStateName } from '../state-name.ts';
import { hashOf, signedBy } from './people.ts';
import { fleet, START } from './world.ts';

export const PLAN = hashOf('plan');
const LATER = START + 40 * HOUR_MS;

/** A critical campaign that Ada asked for, with a plan, in any state. */
export function campaignIn(name: CampaignStateName, members: Partial<CampaignState> = {}): CampaignState {
  const seen = fold([
    {
      event: {
        kind: 'update.seen',
        campaign: 'c1',
        title: 'openssl for Debian 12',
        updates: [],
        requester: 'ada',
        releasedAt: START,
        firstSeen: START,
      },
      at: START,
      by: 'ada',
      to: 'identified',
    },
  ]);
  if (seen === null) throw new Error('a campaign begins with update.seen');
  const plan = {
    ...{ hash: PLAN, waves: 1, hosts: 4, firstStart: START + HOUR_MS, notAfter: LATER, lastEnd: START + 2 * HOUR_MS },
    ...{ infeasible: [], compiledAt: START },
  };
  return {
    ...{ ...seen, name, assets: fleet('normal'), scopeAt: START, lane: 'critical', due: LATER, plan },
    ...{ change: { signed: signedBy('ada'), why: 'it is exploited', at: START } },
    ...members,
  };
}
