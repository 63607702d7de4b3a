import type { JobState } from '@patchsteward/core/job';
import { sha256 } from '@patchsteward/trust';
import { describe, expect, it } from 'vitest';
import { job as jobState } from '../../../core/src/job/testing/samples.ts';
import { ordersOf } from './agent-tasks.ts';
import type { Job } from './job-store.ts';

const FIRST = sha256('the job of the first campaign');
const SECOND = sha256('the job of the second campaign');

function job(key: Job['key'], campaign: string, name: JobState['name'], cancelWanted = false): Job {
  const state = jobState({ name, cancelWanted });
  return { key, plan: key, planKind: 'production', campaign, assetId: state.assetId, version: 1, state };
}

const STOPPED = new Set(['first']);

describe('what a host is told of its open jobs', () => {
  it.each(['queued', 'offered', 'fetching', 'preflight', 'armed', 'blocked'] as const)(
    'leaves out one of a stopped campaign that is %s where it has another',
    (name) => {
      const jobs = [job(FIRST, 'first', name), job(SECOND, 'second', 'queued')];

      expect(ordersOf(jobs, STOPPED)).toEqual([{ kind: 'job', job: SECOND }]);
    },
  );

  it.each(['installing', 'rebooting', 'health', 'rolling-back'] as const)(
    'names one of a stopped campaign that is %s: it is begun',
    (name) => {
      const jobs = [job(FIRST, 'first', name), job(SECOND, 'second', 'queued')];

      expect(ordersOf(jobs, STOPPED)).toEqual([
        { kind: 'job', job: FIRST },
        { kind: 'job', job: SECOND },
      ]);
    },
  );

  it('names one of a stopped campaign that is alone: it goes on at once when people resume', () => {
    expect(ordersOf([job(FIRST, 'first', 'armed')], STOPPED)).toEqual([{ kind: 'job', job: FIRST }]);
  });

  it('names both while nothing is stopped, the older first', () => {
    const jobs = [job(FIRST, 'first', 'armed'), job(SECOND, 'second', 'queued')];

    expect(ordersOf(jobs, new Set())).toMatchObject([{ job: FIRST }, { job: SECOND }]);
  });

  it.each([
    ['was granted before its campaign was stopped', job(FIRST, 'first', 'granted')],
    ['is not wanted any more', job(FIRST, 'first', 'armed', true)],
  ])('takes back what %s, beside others too', (_, taken) => {
    const orders = ordersOf([taken, job(SECOND, 'second', 'queued')], STOPPED);

    expect(orders).toMatchObject([
      { kind: 'cancel', job: FIRST },
      { kind: 'job', job: SECOND },
    ]);
  });
});
