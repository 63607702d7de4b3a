import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../vocabulary/index.ts';
import type { JobState } from './state.ts';
import { granted, job } from './testing/samples.ts';
import { troubleOf } from './trouble.ts';

const PATIENCE = { silenceMs: 1_000, by: 9_000 };
const BLOCKED = { reason: 'plan-not-authorized', detail: 'requester-not-signed: ivy' } as const;

describe('the trouble of a job', () => {
  it.each<[string, JobState, number | null, number, object | null]>([
    [
      'is what the host says against it, with those who can clear it',
      job({ name: 'blocked', blocked: BLOCKED }),
      100,
      200,
      {
        code: 'plan-not-authorized',
        subject: 'ring-1 (requester-not-signed: ivy)',
        clearableBy: ['it', 'security'],
        by: 9_000,
      },
    ],
    [
      'names the host where the host says no more',
      job({ name: 'blocked', blocked: { ...BLOCKED, detail: '' } }),
      100,
      200,
      { code: 'plan-not-authorized', subject: 'ring-1' },
    ],
    ['is told where even the reason is not known', job({ name: 'blocked' }), 100, 200, { code: 'host-blocked' }],
    ['is that a host which may be down is silent', { ...granted(), unknownSince: 5 }, 5, 6, { code: 'host-silent' }],
    ['is that a host has never reported', job(), null, 1_001, { code: 'report-stale', subject: 'ring-1' }],
    [
      'is that a host no longer reports, more than what it said last',
      job({ name: 'blocked' }),
      100,
      1_101,
      { code: 'report-stale' },
    ],
    ['is none while the host reports', job(), 100, 1_100, null],
    ['is none for a job made moments ago', job({ since: 500 }), null, 1_500, null],
    ['is none while it is down with leave', granted(), 1, 5_000, null],
    ['is none when it is over', job({ name: 'expired' }), null, 5_000, null],
  ])('%s', (_, state, seenAt, now, found) => {
    const trouble = troubleOf({ host: 'ring-1', job: state, seenAt, forked: false }, PATIENCE, now);

    if (found === null) expect(trouble).toBeNull();
    else expect(trouble).toMatchObject(found);
  });

  it.each<[string, JobState, object | null]>([
    [
      'before anything else',
      { ...granted(), unknownSince: 5 },
      { code: 'host-reports-fork', subject: 'ring-1', by: 9_000 },
    ],
    ['where the host says nothing against it', job({ name: 'armed' }), { code: 'host-reports-fork' }],
    ['and not of a job that is over', job({ name: 'succeeded' }), null],
  ])('is that two machines report as it, %s', (_, state, found) => {
    const trouble = troubleOf({ host: 'ring-1', job: state, seenAt: 1, forked: true }, PATIENCE, 2);

    if (found === null) expect(trouble).toBeNull();
    else expect(trouble).toMatchObject(found);
  });

  it('reads as one sentence that names the host', () => {
    const blocked = { host: 'ring-1', job: job({ name: 'blocked', blocked: BLOCKED }), seenAt: 1, forked: false };
    const trouble = troubleOf(blocked, PATIENCE, 2);

    expect(trouble === null ? '' : sentenceOf(trouble)).toBe(
      'The host does not accept the plan: ring-1 (requester-not-signed: ivy); compare its pins with the trust root and the plan.',
    );
  });
});
