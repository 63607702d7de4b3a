import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobEvent, JobReport } from './event.ts';
import { foldJob } from './evolve.ts';
import { isSettled, outcomeOf } from './outcome.ts';
import { REPORTED_FROM } from './phases.ts';
import type { JobRecorded, JobState } from './state.ts';
import { stepJob } from './step.ts';
import { granted, job, reported, reportOf } from './testing/samples.ts';

const PHASES = Object.keys(REPORTED_FROM) as JobReport['phase'][];

describe('the way of a job', () => {
  it('goes from the queue to success', () => {
    const way: JobEvent[] = [
      { kind: 'job.offered' },
      reported('claimed', 1),
      reported('fetching', 2),
      reported('preflight', 3),
      reported('armed', 4),
      { kind: 'job.granted', grant: 'g1', startBy: 600_000 },
      reported('installing', 5),
      reported('verifying', 6),
      reported('health', 7),
      reported('succeeded', 8),
    ];

    const done = way.reduce(step, job());

    expect(done).toMatchObject({ name: 'succeeded', slot: null, attempted: true, unknownSince: null });
    expect(outcomeOf(done)).toBe('succeeded');
  });

  it.each([
    ['a report that was taken before', granted(), reported('installing', 0), 'report-repeated'],
    ['work on a job that is over', job({ name: 'succeeded' }), reported('installing'), 'report-out-of-order'],
    [
      'a reason against it after the first byte',
      job({ name: 'installing' }),
      reported('blocked'),
      'report-out-of-order',
    ],
    ['a grant to a host that is not armed', job(), { kind: 'job.granted', grant: 'g', startBy: 1 }, 'event-not-listed'],
    ['a term while a grant is out', granted(), { kind: 'job.expired' }, 'grant-outstanding'],
    ['silence of a host that may not start', job({ name: 'armed' }), { kind: 'job.silent' }, 'event-not-listed'],
    ['calling it off at work', job({ name: 'installing' }), { kind: 'job.canceled', why: 'halt' }, 'event-not-listed'],
    [
      'a word about a host that is not down',
      job(),
      { kind: 'job.declared', as: 'up-verified', person: 'eve' },
      'event-not-listed',
    ],
  ] as const)('refuses %s', (_, state, event, code) => {
    expect(stepJob(state, event, 5)).toMatchObject({ refused: { code } });
  });

  it('ends a canceled grant as soon as it is handed back', () => {
    const canceled = step(granted(), { kind: 'job.canceled', why: 'halted' });

    expect(canceled.name).toBe('granted');
    expect(step(canceled, reported('returned')).name).toBe('canceled');
  });

  it('takes a start without a grant as the fact that it is, and says that a promise is broken', () => {
    const stepped = stepJob(job({ name: 'armed' }), reported('installing'), 5);

    expect(stepped).toMatchObject({ broken: 'started-without-grant', state: { slot: { why: 'granted' } } });
  });

  it('is unknown in silence, and known again by any word of the host', () => {
    const silent = step(granted(), { kind: 'job.silent' });

    expect(outcomeOf(silent)).toBe('unknown');
    expect(outcomeOf(step(silent, reported('succeeded')))).toBe('succeeded');
  });
});

describe('how a job counts', () => {
  it.each([
    [job(), 'running', false],
    [job({ name: 'canceled' }), 'unreached', true],
    [job({ name: 'expired' }), 'unreached', true],
    [step(granted(), reported('failed')), 'failed', true],
    [step(granted(), reported('rolled-back')), 'failed', true],
    [step(granted(), reported('rolling-back')), 'failed', false],
    [step(granted(), { kind: 'job.silent' }), 'unknown', false],
    [step(granted(), { kind: 'job.declared', as: 'down-accepted', person: 'eve' }), 'failed', true],
    [step(granted(), { kind: 'job.declared', as: 'decommissioned', person: 'eve' }), 'adjudicated', true],
    [step(job(), { kind: 'job.declared', as: 'decommissioned', person: 'eve' }), 'adjudicated', true],
  ] as const)('%# %j', (state, outcome, settled) => {
    expect([outcomeOf(state), isSettled(state)]).toEqual([outcome, settled]);
  });
});

const anyReport = fc
  .tuple(fc.constantFrom(...PHASES), fc.nat({ max: 60 }))
  .map(([phase, sequence]): JobEvent => ({ kind: 'job.reported', sequence, report: reportOf(phase) }));
const anyEvent: fc.Arbitrary<JobEvent> = fc.oneof(
  { weight: 5, arbitrary: anyReport },
  fc.constantFrom<JobEvent>(
    { kind: 'job.offered' },
    { kind: 'job.granted', grant: 'g', startBy: 9 },
    { kind: 'job.silent' },
    { kind: 'job.canceled', why: 'halt' },
    { kind: 'job.expired' },
    { kind: 'job.declared', as: 'up-verified', person: 'eve' },
    { kind: 'job.declared', as: 'decommissioned', person: 'eve' },
  ),
);

describe('whatever is fed', () => {
  it('the state is the fold of what was taken, and a host at work always holds its place', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        const recorded: JobRecorded[] = [];
        let state: JobState | null = null;
        const first: JobEvent = { kind: 'job.queued', plan: job().plan, assetId: 'a', wave: 1, epoch: 1, groups: [] };
        for (const [at, event] of [first, ...events].entries()) {
          const stepped = stepJob(state, event, at);
          if ('refused' in stepped) continue;
          state = stepped.state;
          recorded.push(...stepped.events);
          const down = ['granted', 'installing', 'verifying', 'rebooting', 'health', 'rolling-back'].includes(
            state.name,
          );
          if (down && state.declared === null) expect(state.slot).not.toBeNull();
          if (state.name === 'succeeded' || state.name === 'rolled-back') expect(state.slot).toBeNull();
        }
        expect(foldJob(recorded)).toEqual(state);
      }),
      { numRuns: 2000 },
    );
  });
});

function step(state: JobState, event: JobEvent): JobState {
  const stepped = stepJob(state, event, 5);
  if ('refused' in stepped) throw new Error(stepped.refused.code);
  return stepped.state;
}
