import type { ErrorSignature } from '@patchsteward/core/job';
import type { Leaf } from '@patchsteward/core/plan';
import { sha256 } from '@patchsteward/trust';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { change, leaf as leafOf } from '../../../trust/src/testing/plans.ts';
import { actingManagerFor } from '../package-managers/acting-managers.ts';
import type { Attempt, JobRecord } from './job-record.ts';
import { type JobFiles, nextStep, type Step } from './next-step.ts';
import { after, type JobProgress, progressOf } from './progress.ts';

const JOB = sha256('job');
const FILES: JobFiles = {
  manager: actingManagerFor('deb'),
  forward: { files: ['/kept/new.deb'], beside: [], configurationDirectory: '/own', removed: [] },
  back: { files: ['/kept/old.deb'], beside: [], configurationDirectory: '/own', removed: [] },
};
const GRACE_MS = 600_000;
const WITH_WAY_BACK = leafOf({ rollbackGraceMs: GRACE_MS });
const ONE_WAY = leafOf({ rollback: { kind: 'none', why: 'too old' } });
const FAULT: ErrorSignature = { stage: 'installing', package: 'openssl', cause: 'exit-100 not-configured' };
const STRAYED: ErrorSignature = { stage: 'installing', package: 'openssl', cause: 'other-version' };
const UNHEALTHY: ErrorSignature = { stage: 'health', package: null, cause: 'unit-not-active:nginx.service' };
const ARMED: JobRecord = {
  kind: 'armed',
  job: JOB,
  plan: sha256('plan'),
  planKind: 'production',
  epoch: 7,
  at: 0,
};

/** What the world answers, step by step; the last answer stays. */
interface World {
  /** Whether the packages are as signed after each try, forward and then back. */
  readonly installs: readonly boolean[];
  readonly healthy?: readonly boolean[];
  /** Tries that a power cut takes away before all others. */
  readonly lost?: number;
  readonly leaf?: Leaf;
  readonly hoursLater?: number;
  /** So often the last look before an end finds what somebody else changed. */
  readonly strays?: number;
}

/** Plays a job from its departure to its end: what was done, in order, and the end. */
function play({ installs, healthy = [true], lost = 0, leaf = WITH_WAY_BACK, hoursLater = 0, strays = 0 }: World) {
  const records: JobRecord[] = [ARMED];
  const done: string[] = [];
  let [tries, checks, power, others] = [0, 0, lost, strays];
  let now = 1_000;
  const say = (record: JobRecord): number => records.push(record);
  const at = <T>(list: readonly T[], index: number): T | undefined => list[Math.min(index, list.length - 1)];
  const attempt = (given: Omit<Attempt, 'bootId' | 'at'>): Attempt => ({ ...given, bootId: 'boot', at: now });

  say({ kind: 'departed', grant: 'g', before: [], attempt: FIRST, monotonicMs: 0, at: now });
  for (let steps = 0; steps < 1_000; steps += 1) {
    const step = nextStep(progressIn(records), leaf, FILES, now);
    done.push(wordOf(step));
    now += 1_000;
    switch (step.kind) {
      case 'rest':
        return { done, records };
      case 'watch': {
        const cut = power > 0;
        if (cut) power -= 1;
        say({
          kind: 'ended',
          unit: step.attempt.unit,
          exit: { kind: cut ? 'unknown' : 'exited', code: 0 },
          lost: cut,
          at: now,
        });
        break;
      }
      case 'run':
        say({ kind: 'attempt', attempt: attempt(step.attempt) });
        break;
      case 'judge':
        say({ kind: 'judged', error: at(installs, tries) === true && power === 0 ? null : FAULT, at: now });
        if (power === 0) tries += 1;
        break;
      case 'settle':
        say({ kind: 'restarted', at: now });
        now += hoursLater * 3_600_000;
        break;
      case 'check-health':
        say({ kind: 'checked', error: at(healthy, checks) === true ? null : UNHEALTHY, at: now });
        checks += 1;
        break;
      case 'finish': {
        const claims = step.phase === 'succeeded' || step.phase === 'rolled-back';
        if (!claims || others === 0) return { done, records, end: step };
        others -= 1;
        done.pop();
        say({ kind: 'judged', error: STRAYED, at: now });
      }
    }
  }
  throw new Error('it never ends');
}

const FIRST: Attempt = {
  stage: 'install',
  number: 1,
  part: 0,
  unit: 'unit',
  command: { tool: 'apt-get', argv: [] },
  bootId: 'boot',
  at: 0,
};

function progressIn(records: readonly JobRecord[]): JobProgress {
  const progress = progressOf(records);
  if (progress === null) throw new Error('nothing is armed');
  return progress;
}

function wordOf(step: Step): string {
  if (step.kind === 'run') return `${step.attempt.stage}-${step.attempt.number}-${step.attempt.part}`;
  return step.kind === 'finish' ? step.phase : step.kind;
}

function commandsIn({ done }: { readonly done: readonly string[] }): string[] {
  return done.filter((word) => /-\d+-\d+$/.test(word));
}

describe('the way of a job', () => {
  test('without trouble', () => {
    expect(play({ installs: [true] }).done).toEqual(['watch', 'judge', 'settle', 'check-health', 'succeeded']);
  });

  test('mended by the first repair', () => {
    const way = play({ installs: [false, true] });

    expect(commandsIn(way)).toEqual(['repair-1-0', 'repair-1-1', 'repair-1-2']);
    expect(way.done.at(-1)).toBe('succeeded');
  });

  test('three repairs, then the way back', () => {
    const way = play({ installs: [false, false, false, false, true] });

    expect(commandsIn(way).filter((word) => word.endsWith('-0'))).toEqual([
      'repair-1-0',
      'repair-2-0',
      'repair-3-0',
      'rollback-1-0',
    ]);
    expect(way.end).toEqual({ kind: 'finish', phase: 'rolled-back', error: FAULT });
  });

  test('neither forward nor back', () => {
    const way = play({ installs: [false] });

    expect(commandsIn(way).filter((word) => word.startsWith('rollback') && word.endsWith('-0'))).toHaveLength(3);
    expect(way.end).toMatchObject({ phase: 'rollback-failed' });
  });

  test('an unhealthy service takes the packages back, and is well again', () => {
    const way = play({ installs: [true], healthy: [false, true] });

    expect(commandsIn(way)).toEqual(['rollback-1-0']);
    expect(way.end).toEqual({ kind: 'finish', phase: 'rolled-back', error: UNHEALTHY });
  });

  // rollout S7: the host was down after its upgrade, and somebody installed another version meanwhile.
  test('packages that somebody changed before the end are repaired, and all is looked at again', () => {
    const way = play({ installs: [true], strays: 1 });

    expect(commandsIn(way)).toEqual(['repair-1-0', 'repair-1-1', 'repair-1-2']);
    expect(way.done.slice(-4)).toEqual(['judge', 'settle', 'check-health', 'succeeded']);
  });

  test('packages that somebody changes again and again are taken back', () => {
    expect(play({ installs: [true], strays: 4 }).end).toEqual({ kind: 'finish', phase: 'rolled-back', error: STRAYED });
  });

  test('where nothing helps against them it ends, and says so', () => {
    expect(play({ installs: [true], strays: 99 }).end).toMatchObject({ phase: 'rollback-failed' });
    expect(play({ installs: [true], strays: 99, leaf: ONE_WAY }).end).toMatchObject({ phase: 'failed' });
  });

  test('a service that stays down after the way back', () => {
    expect(play({ installs: [true], healthy: [false] }).end).toMatchObject({ phase: 'rollback-failed' });
  });

  // decided 30: nothing goes back by itself without a signature for it, or after its time.
  test.each<[string, Partial<World>]>([
    ['no way back was signed', { leaf: ONE_WAY }],
    ['no grace was signed', { leaf: { ...WITH_WAY_BACK, rollbackGraceMs: 0 } }],
    ['the grace has passed', { hoursLater: 1 }],
  ])('%s: it is left to people', (_, world) => {
    const way = play({ installs: [true], healthy: [false], ...world });

    expect(commandsIn(way)).toEqual([]);
    expect(way.end).toEqual({ kind: 'finish', phase: 'failed', error: UNHEALTHY });
  });

  test('power cuts are not the fault of the packages', () => {
    const way = play({ installs: [true], lost: 9 });

    expect(way.done.at(-1)).toBe('succeeded');
    expect(commandsIn(way)).not.toContain('rollback-1-0');
  });

  test('a host that dies each time stops trying', () => {
    expect(play({ installs: [false], lost: 500, leaf: ONE_WAY }).end).toMatchObject({ phase: 'failed' });
  });
});

test('whatever the world answers, a job comes to an end, and any prefix of its journal to the same next step', () => {
  const world = fc.record({
    installs: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
    healthy: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
    lost: fc.nat({ max: 30 }),
    strays: fc.nat({ max: 30 }),
    leaf: fc.constantFrom(WITH_WAY_BACK, ONE_WAY),
  });
  fc.assert(
    fc.property(world, (given) => {
      const { records } = play(given);
      let progress: JobProgress | null = null;
      for (const [index, record] of records.entries()) {
        progress = after(progress, record);

        expect(progress).toEqual(progressIn(records.slice(0, index + 1)));
      }
    }),
  );
});

test('a plan of kind rollback has no way back of its own', () => {
  const back = change({ from: '3.0.18-1~deb12u1', to: '3.0.17-1~deb12u2' });
  const records: JobRecord[] = [
    { ...ARMED, planKind: 'rollback' },
    { kind: 'departed', grant: 'g', before: [], attempt: FIRST, monotonicMs: 0, at: 0 },
    { kind: 'ended', unit: 'unit', exit: { kind: 'exited', code: 0 }, lost: false, at: 1 },
    { kind: 'judged', error: null, at: 1 },
    { kind: 'restarted', at: 1 },
    { kind: 'checked', error: UNHEALTHY, at: 1 },
  ];

  expect(nextStep(progressIn(records), { ...WITH_WAY_BACK, changes: [back] }, FILES, 2)).toMatchObject({
    phase: 'failed',
  });
});

test.each<[string, JobRecord[]]>([
  ['armed', [ARMED]],
  ['canceled', [ARMED, { kind: 'canceled', why: 'halted', at: 1 }]],
])('nothing is done while it is %s', (_, records) => {
  expect(nextStep(progressIn(records), WITH_WAY_BACK, FILES, 2)).toEqual({ kind: 'rest' });
});
