import { describe, expect, it } from 'vitest';
import { job } from '../job/testing/samples.ts';
import { reasonOf } from '../vocabulary/index.ts';
import { decideGrant, type GrantFacts, START_WITHIN_MS } from './decide-grant.ts';

const OPENS = 1_000_000;
const CLOSES = 9_000_000;
const NOW = 2_000_000;

function facts(members: Partial<GrantFacts> = {}): GrantFacts {
  return {
    host: 'front1',
    job: job({ name: 'armed' }),
    campaignDeploys: true,
    waveOpen: true,
    plan: { notAfter: 20_000_000 },
    intervals: [{ from: OPENS, until: CLOSES }],
    groups: [{ name: 'front', members: 2, budget: null }],
    ledger: [],
    otherActiveJobs: 0,
    forked: false,
    rolledBackBefore: false,
    backup: [],
    limit: [],
    ...members,
  };
}

const DOWN = { job: 'j2', assetId: 'front2', groups: ['front'], since: 0, why: 'unknown' } as const;

describe('a host may start', () => {
  it('within ten minutes, but never after its window or the authority of its plan', () => {
    expect(decideGrant(facts(), NOW)).toEqual({ kind: 'proceed', value: { startBy: NOW + START_WITHIN_MS } });
    expect(decideGrant(facts(), CLOSES - 1)).toMatchObject({ value: { startBy: CLOSES } });
    expect(decideGrant(facts({ plan: { notAfter: NOW + 5 } }), NOW)).toMatchObject({ value: { startBy: NOW + 5 } });
  });

  it.each<[string, Partial<GrantFacts>, number, string]>([
    ['before it is armed', { job: job({ name: 'preflight' }) }, NOW, 'host-busy'],
    ['with a grant out', { job: job({ name: 'granted' }) }, NOW, 'grant-outstanding'],
    ['while its campaign stands still', { campaignDeploys: false }, NOW, 'campaign-not-deploying'],
    ['in a wave that is not open', { waveOpen: false }, NOW, 'wave-not-open'],
    ['after the authority of its plan', { plan: { notAfter: NOW } }, NOW, 'plan-expired'],
    ['before its window', {}, OPENS - 1, 'window-not-open'],
    ['at the end of its last window', {}, CLOSES, 'window-over'],
    ['beside another job', { otherActiveJobs: 1 }, NOW, 'host-busy'],
    ['while two machines claim to be it', { forked: true }, NOW, 'host-reports-fork'],
    ['under a plan that was rolled back on it', { rolledBackBefore: true }, NOW, 'rolled-back-before'],
    ['without its backup', { backup: [reasonOf('backup-stale', 'front1')] }, NOW, 'backup-stale'],
    ['after too many failures', { limit: [reasonOf('failure-limit', '2 of 3')] }, NOW, 'failure-limit'],
    ['while another member of its group is down', { ledger: [DOWN] }, NOW, 'group-budget-taken'],
  ])('never %s', (_, members, now, code) => {
    expect(decideGrant(facts(members), now)).toMatchObject({ kind: 'wait', waitingOn: [{ code }] });
  });

  it('hears every reason at once', () => {
    const verdict = decideGrant(facts({ forked: true, waveOpen: false, ledger: [DOWN] }), NOW);

    expect(verdict).toMatchObject({ waitingOn: { length: 3 } });
  });

  it('hears when its next window opens', () => {
    expect(decideGrant(facts(), OPENS - 1)).toMatchObject({ waitingOn: [{ by: OPENS }] });
  });
});
