import { expect, it } from 'vitest';
import { playWaves } from './play-waves.ts';

it('a release that breaks every host is stopped in its first wave, and one that breaks none reaches all', async () => {
  const [bad, good] = [await playWaves(1, 50), await playWaves(1, 0)];

  expect(bad).toMatchObject({ ended: 'paused', reached: 0, promises: [], waves: [{ tookMs: null }] });
  expect(bad.brokenHosts).toBeGreaterThan(0);
  expect(bad.brokenHosts).toBeLessThanOrEqual(bad.waves[0]?.hosts ?? 0);
  expect(good).toMatchObject({ ended: 'monitoring', brokenHosts: 0, reached: 50, promises: [] });
  expect(good.waves.reduce((sum, { hosts }) => sum + hosts, 0)).toBe(50);
});

it('a seed is the same campaign each time', async () => {
  expect(await playWaves(3, 15)).toEqual(await playWaves(3, 15));
});
