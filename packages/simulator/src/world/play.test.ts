import { expect, it } from 'vitest';
import { play } from './play.ts';

/** Some seconds; thousands are for `npm run simulate`. */
const SEEDS = 60;

it(`${SEEDS} stories keep every promise, and most of them deploy`, { timeout: 300_000 }, async () => {
  let deployed = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const played = await play(seed);
    expect(played.broken, `seed ${seed}`).toEqual([]);
    if (played.deployed) deployed += 1;
  }

  expect(deployed / SEEDS).toBeGreaterThanOrEqual(0.3);
});

it('one seed is one story, and another seed another one', async () => {
  const [first, again, other] = [await play(11), await play(11), await play(12)];

  expect(again.digest).toBe(first.digest);
  expect(other.digest).not.toBe(first.digest);
});

it('a world in which nothing goes wrong deploys every time', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    expect((await play(seed, { faults: [] })).ended, `seed ${seed}`).toBe('monitoring');
  }
});
