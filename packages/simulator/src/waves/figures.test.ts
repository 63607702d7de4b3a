import { expect, it } from 'vitest';
import { figuresOf } from './figures.ts';
import type { WavesPlayed } from './play-waves.ts';

const HOUR_MS = 3_600_000;

function stopped(brokenHosts: number, members: Partial<WavesPlayed> = {}): WavesPlayed {
  const waves = [{ hosts: 3, tookMs: null }];
  return { seed: brokenHosts, ended: 'paused', brokenHosts, reached: 0, waves, promises: [], ...members };
}

function through(members: Partial<WavesPlayed> = {}): WavesPlayed {
  const waves = [20, 30].map((hosts) => ({ hosts, tookMs: hosts * HOUR_MS }));
  return { seed: 9, ended: 'monitoring', brokenHosts: 0, reached: 50, waves, promises: [], ...members };
}

const many = (count: number, broken: number) => Array.from({ length: count }, () => stopped(broken));

it('counts what was broken, and what a good release took', () => {
  const { bad, good, held } = figuresOf([...many(98, 2), stopped(5), stopped(9)], [through(), through()]);

  expect(bad).toMatchObject({ runs: 100, mean: 2.1, p50: 2, p99: 5, max: 9, counts: { 2: 98, 5: 1, 9: 1 } });
  expect(bad.wavesOpened).toEqual({ 1: 100 });
  expect(good).toMatchObject({ runs: 2, sizes: { '20 30': 2 }, medianWaveMs: [20 * HOUR_MS, 30 * HOUR_MS] });
  expect(held).toBe(true);
});

it.each<[string, readonly WavesPlayed[], readonly WavesPlayed[]]>([
  ['more than three are broken in the mean', [...many(50, 3), ...many(50, 4)], [through()]],
  ['two of a hundred have more than seven', [...many(98, 2), ...many(2, 8)], [through()]],
  ['a bad release was not stopped', [...many(98, 2), stopped(2, { ended: 'monitoring' })], [through()]],
  ['a good release left a host out', many(100, 2), [through(), through({ reached: 49 })]],
  ['a good release stopped', many(100, 2), [through({ ended: 'paused' })]],
  ['the engine broke a promise', [stopped(2, { promises: [{ promise: 'S5', detail: 'early' }] })], [through()]],
  ['nothing was played', [], []],
])('does not hold where %s', (_, bad, good) => {
  expect(figuresOf(bad, good).held).toBe(false);
});
