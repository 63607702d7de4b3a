import { expect, it } from 'vitest';
import { inTurns } from './turns.ts';

it('keeps the order of the questions, and never more hands than were given', async () => {
  let busy = 0;
  let most = 0;
  const answers = await inTurns([3, 1, 2, 5, 4], 2, async (item) => {
    busy += 1;
    most = Math.max(most, busy);
    await new Promise((resolve) => setImmediate(resolve));
    busy -= 1;
    return item * 10;
  });

  expect(answers).toEqual([30, 10, 20, 50, 40]);
  expect(most).toBe(2);
});

it('fails where one fails', async () => {
  await expect(inTurns([1], 3, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});
