import { describe, expect, it } from 'vitest';
import type { JobState } from '../job/index.ts';
import { type Hash, HOUR_MS, MINUTE_MS, reasonOf } from '../vocabulary/index.ts';
import { type StragglerFacts, stragglersOf } from './stragglers.ts';
import { asset } from './testing/people.ts';
import { campaignIn } from './testing/planned.ts';

const NOW = 100 * HOUR_MS;
/** An hour in each of two nights; the first is over. */
const MISSED = { from: NOW - 3 * HOUR_MS, until: NOW - 2 * HOUR_MS };
const NEXT = { from: NOW + 20 * HOUR_MS, until: NOW + 21 * HOUR_MS };

/** One host of production, and the waves that were opened. */
function stateIn(name: 'deploying' | 'completed', opened: readonly number[]) {
  return campaignIn(name, {
    assets: [asset({ assetId: 'a', name: 'web-a', environment: 'production' }), RING],
    waves: opened.map((wave) => ({ wave, assets: ['a'], openedAt: 0, closed: null })),
  });
}
const RING = asset({ assetId: 'ring', name: 'ring-1', environment: 'non-production' });

function jobOf(more: Partial<JobState> = {}): JobState {
  return {
    // Opaque to core: any text will do.
    ...{ plan: 'plan' as Hash, assetId: 'a', wave: 1, epoch: 1, groups: [], name: 'armed', since: NOW - HOUR_MS },
    ...{ lastSequence: 1, grant: null, attempted: false, slot: null, unknownSince: null, blocked: null, error: null },
    ...{ failedAt: null, evidence: null, declared: null, cancelWanted: false },
    ...more,
  };
}

function told(
  job: Partial<JobState>,
  more: Partial<StragglerFacts> & { readonly spans?: StragglerFacts['leaves'][number]['intervals'] } = {},
) {
  const { spans = [MISSED, NEXT], ...facts } = more;
  const found = stragglersOf(
    {
      campaign: stateIn('deploying', [1]),
      leaves: [{ assetId: 'a', wave: 1, intervals: spans }],
      jobs: [{ job: jobOf(job), seenAt: NOW, forked: false }],
      leftOut: [],
      silenceMs: 30 * MINUTE_MS,
      ...facts,
    },
    NOW,
  );
  return found.map(({ name, reasons, takenUp, next }) => [name, reasons.map(({ code }) => code), takenUp, next]);
}

describe('a host lags behind', () => {
  it('that missed its span, and starts in its next one by the same plan', () => {
    expect(told({})).toEqual([['web-a', ['window-not-open'], 'this-plan', NEXT]]);
  });

  it('that is in a span of its own again', () => {
    const open = { from: NOW - MINUTE_MS, until: NOW + HOUR_MS };

    expect(told({}, { spans: [MISSED, open] })).toEqual([['web-a', ['window-not-open'], 'this-plan', open]]);
  });

  it('that is offline', () => {
    const jobs = [{ job: jobOf({ since: NOW - 5 * HOUR_MS }), seenAt: NOW - 4 * HOUR_MS, forked: false }];

    expect(told({}, { jobs })).toEqual([['web-a', ['report-stale', 'window-not-open'], 'this-plan', NEXT]]);
  });

  it('that refuses, with what it says', () => {
    const blocked = { reason: 'drift', detail: 'curl' } as const;

    expect(told({ name: 'blocked', blocked })).toEqual([['web-a', ['drift', 'window-not-open'], 'this-plan', NEXT]]);
    expect(told({ name: 'expired', blocked })).toEqual([['web-a', ['drift', 'window-over'], 'next-campaign', null]]);
  });

  it('without a span left, and goes into another campaign', () => {
    expect(told({}, { spans: [MISSED] })).toEqual([['web-a', ['window-over'], 'next-campaign', null]]);
    expect(told({ name: 'expired' })).toEqual([['web-a', ['window-over'], 'next-campaign', null]]);
  });

  it('whose campaign has ended, whatever spans its work order had', () => {
    expect(told({}, { campaign: stateIn('completed', [1]) })).toEqual([
      ['web-a', ['window-over'], 'next-campaign', null],
    ]);
  });

  it('because earlier waves took longer, and says so', () => {
    expect(told({}, { campaign: stateIn('deploying', []) })).toEqual([
      ['web-a', ['wave-not-open', 'window-not-open'], 'this-plan', NEXT],
    ]);
  });

  it('that the planner left out, with what it said', () => {
    const leftOut = [{ assetId: 'a', reasons: [reasonOf('no-maintenance-window', 'a')] }];

    expect(told({}, { leaves: [], jobs: [], leftOut })).toEqual([
      ['web-a', ['no-maintenance-window'], 'next-campaign', null],
    ]);
  });
});

describe('a host does not lag behind', () => {
  it.each<[string, Partial<JobState>, Parameters<typeof told>[1]?]>([
    ['that is done', { name: 'succeeded' }],
    ['that failed: that is told as a failure', { name: 'failed', failedAt: NOW - HOUR_MS }],
    ['that is silent after it was allowed to start', { name: 'granted', unknownSince: NOW - HOUR_MS }],
    ['that is at work', { name: 'installing', slot: { since: NOW - 3 * HOUR_MS, why: 'granted' } }],
    ['whose first span is still to come', {}, { spans: [NEXT] }],
    ['that has everything already', {}, { leaves: [], jobs: [] }],
    ['whose plan is not signed yet', {}, { jobs: [] }],
    ['that a person answered for', { declared: { as: 'decommissioned', person: 'ida', at: NOW } }],
  ])('%s', (_, job, more) => {
    expect(told(job, more)).toEqual([]);
  });

  it('where there is no plan', () => {
    expect(told({}, { campaign: { ...stateIn('deploying', [1]), plan: null } })).toEqual([]);
  });
});
