import { expect, it } from 'vitest';
import type { WavesFigures } from '../waves/figures.ts';
import { simulate } from './simulate.ts';

/** Some seconds; thousands are for `npm run simulate -- --waves --runs 5000`. */
const RUNS = 20;

it(`a release that breaks 15 of 50 hosts is stopped within the limits in ${RUNS} campaigns`, {
  timeout: 300_000,
}, async () => {
  const said: string[] = [];
  const voice = { say: (line: string) => said.push(line), progress: () => undefined };

  const code = await simulate(['--waves', '--runs', String(RUNS), '--json'], voice);

  const figures = JSON.parse(said.join('\n')) as WavesFigures; // The command's own words.
  expect(figures).toMatchObject({ held: true, bad: { runs: RUNS, unstopped: [] }, good: { runs: 1, unreached: [] } });
  expect(code).toBe(0);
});

it('tells a person the figures and their limits', { timeout: 300_000 }, async () => {
  const said: string[] = [];

  await simulate(['--waves', '--runs', '1', '--seed', '2'], {
    say: (line) => said.push(line),
    progress: () => undefined,
  });

  expect(said[0]).toBe('1 campaigns of a release that breaks 15 of 50 hosts, from seed 2');
  expect(said[1]).toMatch(/mean \d\.\d\d \(at most 3\), p50 \d, p99 \d \(at most 7\), max \d$/);
  expect(said).toContain('1 campaigns of a good release: 1 reached all 50 hosts');
  expect(said.at(-1)).toMatch(/ s; within the limits$/);
});
