import { expect, test } from 'vitest';
import { explained, problemOf } from './explained.ts';
import { Problem } from './problem.ts';

test('a problem is itself', () => {
  const problem = new Problem('code', 'what', 'do');

  expect(problemOf(problem)).toBe(problem);
});

test('a failure of the system is a problem with its code', () => {
  const failure = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

  expect(problemOf(failure)).toMatchObject({ code: 'ENOSPC', message: failure.message, cause: failure });
});

test('being told to stop is a problem', () => {
  expect(problemOf(AbortSignal.abort().reason)).toMatchObject({ code: 'stopped' });
});

test.each([new TypeError('x'), new Error('x'), 'x', null])('%s is a bug, and stays what it is', async (error) => {
  expect(problemOf(error)).toBeNull();
  await expect(explained(() => Promise.reject(error))).rejects.toBe(error);
});

test('what goes right comes through', async () => {
  await expect(explained(() => Promise.resolve(1))).resolves.toBe(1);
});
