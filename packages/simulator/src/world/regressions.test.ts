import { expect, it } from 'vitest';
import { play } from './play.ts';

/** Seeds that once broke a promise of the product; each names what was mended. */
it.each([[24, 'a wave in which nobody started, after a campaign that was resumed before it was opened, never ended']])(
  'seed %i: %s',
  async (seed) => {
    expect((await play(seed)).broken).toEqual([]);
  },
);

/** Found and not understood yet: a grant after as many failures as are allowed. This test fails once they are mended. */
it.each([3839, 4812])('seed %i still breaks S6', async (seed) => {
  expect((await play(seed)).broken).toMatchObject([{ promise: 'S6' }]);
});
