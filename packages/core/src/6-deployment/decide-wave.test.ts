import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobState } from '../job/index.ts';
import { job } from '../job/testing/samples.ts';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { decideWave, type NamedJob, type WaveFacts } from './decide-wave.ts';
import { limitReached, limitReasons } from './limit.ts';

const LANE = DEFAULT_POLICY.lanes.critical;
const ENDED = 1000;
const SOAKED = ENDED + LANE.waveSoakMs;
const ENDS = SOAKED + 3_600_000;

function named(host: string, members: Partial<JobState>): NamedJob {
  return { host, job: job({ since: ENDED, ...members }), seenAt: SOAKED, forked: false, opensAt: null };
}
const good = (host: string): NamedJob => named(host, { name: 'succeeded', attempted: true });
const bad = (host: string, cause = host): NamedJob =>
  named(host, {
    name: 'rolled-back',
    attempted: true,
    failedAt: ENDED,
    error: { stage: 'health', package: null, cause },
  });

function facts(jobs: readonly NamedJob[], members: Partial<WaveFacts> = {}): WaveFacts {
  const times = { openedAt: 0, resumedAt: null, silenceMs: 60_000, endsAt: ENDS };
  return { wave: 1, jobs, allJobs: jobs, last: false, ...times, ...members };
}

describe('a wave', () => {
  it.each<[string, WaveFacts, number, object]>([
    [
      'closes after its soak',
      facts([good('a'), good('b')]),
      SOAKED,
      { kind: 'proceed', value: { succeeded: 2, failed: 0 } },
    ],
    [
      'is watched before that',
      facts([good('a')]),
      SOAKED - 1,
      { kind: 'wait', waitingOn: [{ code: 'wave-soaking', by: SOAKED }] },
    ],
    ['that is the last one closes at once', facts([good('a')], { last: true }), ENDED, { kind: 'proceed' }],
    [
      'closes over one failure among others',
      facts([good('a'), bad('b')]),
      SOAKED,
      { value: { succeeded: 1, failed: 1 } },
    ],
    [
      'stops at the second failure',
      facts([good('a'), bad('b'), bad('c')]),
      SOAKED,
      { kind: 'stop', blockedBy: [{ code: 'failure-limit' }] },
    ],
    [
      'counts the failures of earlier waves',
      facts([bad('b')], { allJobs: [bad('a'), bad('b')] }),
      SOAKED,
      { kind: 'stop' },
    ],
    [
      'stops where nothing succeeded',
      facts([bad('a')]),
      SOAKED,
      { kind: 'stop', blockedBy: [{ code: 'wave-without-success' }] },
    ],
    [
      'goes on where a person resumed over it',
      facts([bad('a')], { resumedAt: ENDED + 1 }),
      SOAKED,
      { kind: 'proceed' },
    ],
    [
      'stops where nothing succeeded and the person who resumed did so before it was opened',
      facts([named('a', { name: 'expired' })], { openedAt: ENDED, resumedAt: ENDED - 1 }),
      SOAKED,
      { kind: 'stop', blockedBy: [{ code: 'wave-without-success' }] },
    ],
    [
      'waits for a host at work',
      facts([good('a'), named('b', { name: 'installing', attempted: true })]),
      SOAKED,
      { waitingOn: [{ code: 'wave-running' }] },
    ],
    [
      'waits for a host that is silent, and names it',
      facts([good('a'), named('b', { name: 'granted', attempted: true, unknownSince: 5 })]),
      SOAKED,
      { waitingOn: [{ code: 'host-silent', subject: 'b' }] },
    ],
    [
      'waits for a host that refuses, and says first why, who can help, and until when',
      facts([
        named('a', { name: 'installing', attempted: true, slot: { since: ENDED, why: 'granted' } }),
        named('b', { name: 'blocked', blocked: { reason: 'disk-space-low', detail: '/boot' } }),
      ]),
      SOAKED,
      {
        waitingOn: [
          { code: 'disk-space-low', subject: 'b (/boot)', clearableBy: ['it', 'owner'], by: ENDS },
          { code: 'wave-running' },
        ],
      },
    ],
    [
      'waits for a host that has not been heard of, and names it',
      facts([{ ...named('b', { name: 'queued' }), seenAt: ENDED }]),
      SOAKED,
      { waitingOn: [{ code: 'report-stale', subject: 'b', by: ENDS }] },
    ],
    [
      'waits for a host that missed its span until the next one opens, and says when',
      facts([good('a'), { ...named('b', { name: 'armed' }), opensAt: SOAKED + 5 }]),
      SOAKED,
      { waitingOn: [{ code: 'window-not-open', subject: 'b', by: SOAKED + 5 }] },
    ],
    [
      'passes over a host that never had its turn',
      facts([good('a'), named('b', { name: 'expired' })]),
      SOAKED,
      { value: { succeeded: 1, failed: 0 } },
    ],
    [
      'is not watched longer for a host whose time is over without a start',
      facts([good('a'), named('b', { name: 'expired', since: SOAKED })]),
      SOAKED,
      { kind: 'proceed', value: { succeeded: 1, failed: 0 } },
    ],
    [
      'without a host has no success',
      facts([]),
      SOAKED,
      { kind: 'stop', blockedBy: [{ code: 'wave-without-success' }] },
    ],
  ])('%s', (_, wave, now, verdict) => {
    expect(decideWave(wave, LANE, now)).toMatchObject(verdict);
  });
});

describe('the limit', () => {
  const limit = { failures: 2, percent: 2, alike: 2 };

  it.each([
    [10, 1, false],
    [10, 2, true],
    [100, 2, true],
    [101, 2, false],
    [150, 3, true],
    [1000, 19, false],
    [1000, 20, true],
    [0, 0, false],
  ])('of %i attempted and %i failed: %s', (attempted, failed, reached) => {
    expect(limitReached({ attempted, failed }, limit)).toBe(reached);
  });

  it('is reached by any failure where none is allowed', () => {
    const none = { failures: 1, percent: 0, alike: 1 };

    expect([0, 1].map((failed) => limitReached({ attempted: 50, failed }, none))).toEqual([false, true]);
  });

  it('only grows with failures', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.nat({ max: 500 }), fc.nat({ max: 50 }), (attempted, failed, percent) => {
        const own = { ...limit, percent };
        const here = limitReached({ attempted, failed }, own);
        expect(here && !limitReached({ attempted, failed: failed + 1 }, own)).toBe(false);
      }),
    );
  });

  it('counts what is unknown, forgets what was looked at, and leaves out who was never asked', () => {
    const one = { host: 'a', outcome: 'unknown', error: null, failedAt: 5 } as const;
    const two = { ...one, host: 'b', outcome: 'failed' } as const;
    const never = { ...one, host: 'c', outcome: 'unreached' } as const;

    expect(limitReasons([one, two, never], limit, null)).toMatchObject([
      { code: 'failure-limit', subject: '2 of 2 (a, b)' },
    ]);
    expect(limitReasons([one, two], limit, 5)).toEqual([]);
    expect(limitReasons([one, never, never], limit, null)).toEqual([]);
  });

  it('is reached by the same trouble on two hosts, whatever the share', () => {
    const error = { stage: 'installing', package: 'openssl', cause: 'postinst' } as const;
    const fail = (host: string, cause: string) =>
      ({ host, outcome: 'failed', error: { ...error, cause }, failedAt: 1 }) as const;
    const fine = Array.from(
      { length: 998 },
      (_, index) => ({ host: `h${index}`, outcome: 'succeeded', error: null, failedAt: null }) as const,
    );

    expect(limitReasons([...fine, fail('a', 'postinst'), fail('b', 'postinst')], limit, null)).toMatchObject([
      { code: 'failures-alike' },
    ]);
    expect(limitReasons([...fine, fail('a', 'postinst'), fail('b', 'disk')], limit, null)).toEqual([]);
    expect(limitReasons([...fine, fail('a', 'postinst'), fail('a', 'postinst')], limit, null)).toEqual([]);
  });
});
