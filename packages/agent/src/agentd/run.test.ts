import { expect, test } from 'vitest';
import { Problem } from '../platform/problem.ts';
import type { Next } from './job-agent.ts';
import { runLoop } from './run.ts';
import { testSurroundings } from './testing/test-surroundings.ts';

/** A resident whose check-ins end as told, one after the other; the last stays. */
function resident(...ends: [number | Error, ...(number | Error)[]]) {
  const remembered: (string | null)[] = [];
  return {
    remembered,
    checkIn: async (): Promise<number> => {
      const [end, next] = ends;
      if (next !== undefined) ends.splice(0, 1);
      if (typeof end === 'number') return end;
      throw end;
    },
    work: async (): Promise<Next> => ({ kind: 'rest' }),
    remember: async (problem: Problem | null): Promise<void> => {
      remembered.push(problem?.code ?? null);
    },
  };
}

const PROBLEM = new Problem('host-changing', 'at work', 'wait');

test.each([
  ['accepted', 60_000, 'done'],
  ['failed', PROBLEM, 'failed'],
])('once, %s', async (_, end, expected) => {
  const surroundings = testSurroundings();

  expect(await runLoop(resident(end), { once: true }, surroundings)).toBe(expected);
  expect(surroundings.waits).toEqual([]);
});

test('after a success the failures count from one again', async () => {
  const stop = new AbortController();
  const surroundings = testSurroundings();
  const wait = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
    if (surroundings.waits.length === 4) stop.abort();
    await surroundings.wait(ms, signal);
  };
  const one = resident(PROBLEM, PROBLEM, 10_000, PROBLEM);

  expect(await runLoop(one, { once: false, signal: stop.signal }, { ...surroundings, wait })).toBe('stopped');
  expect(surroundings.waits).toEqual([3_750, 7_500, 10_000, 3_750, 7_500]);
  expect(one.remembered).toEqual(Array(4).fill('host-changing'));
});

test('a bug is not waited out', async () => {
  const bug = new TypeError('x is not a function');

  await expect(runLoop(resident(bug), { once: false }, testSurroundings())).rejects.toBe(bug);
});

test('an interrupted check-in is a stop and no failure', async () => {
  const stop = new AbortController();
  const one = resident(0);
  const interrupted = {
    ...one,
    checkIn: async (): Promise<number> => {
      stop.abort();
      stop.signal.throwIfAborted();
      return 0;
    },
  };

  expect(await runLoop(interrupted, { once: false, signal: stop.signal }, testSurroundings())).toBe('stopped');
  expect(one.remembered).toEqual([]);
});
