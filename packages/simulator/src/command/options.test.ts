import { expect, it } from 'vitest';
import { FAULTS } from '../world/faults.ts';
import { optionsOf } from './options.ts';

it('plays a hundred seeds with every fault where nothing is said', () => {
  expect(optionsOf([])).toMatchObject({
    seeds: 100,
    seed: 1,
    faults: FAULTS,
    json: false,
    story: false,
    planted: false,
  });
});

it('takes what it is told', () => {
  const told = ['--seeds', '7', '--seed', '42', '--faults', 'power-lost,agent-killed', '--workers', '1', '--json'];

  expect(optionsOf(told)).toEqual({
    ...{ seeds: 7, seed: 42, faults: ['power-lost', 'agent-killed'], workers: 1, json: true, story: false },
    planted: false,
  });
  expect(optionsOf(['--faults', 'none'])).toMatchObject({ faults: [] });
  expect(optionsOf(['--planted'])).toMatchObject({ planted: true, seeds: 20_000 });
});

it('counts what a bad release breaks', () => {
  expect(optionsOf(['--waves', '--workers', '2'])).toEqual({ runs: 100, seed: 1, workers: 2, json: false });
  expect(optionsOf(['--waves', '--runs', '5000', '--seed', '7', '--json'])).toMatchObject({ runs: 5000, seed: 7 });
});

it.each([
  [['--seeds', '0'], /--seeds takes/],
  [['--seeds', 'many'], /--seeds takes/],
  [['--seed', '-1'], /seed/],
  [['--workers', '1000'], /--workers takes/],
  [['--faults', 'earthquake'], /knows no earthquake/],
  [['--loud'], /loud/],
  [['--runs', '5'], /--runs goes with --waves/],
  [['--waves', '--runs', 'all'], /--runs takes/],
  [['--waves', '--seed', '0'], /--seed takes/],
  [['--waves', '--seeds', '5'], /--waves takes no --seeds/],
  [['--waves', '--faults', 'none'], /--waves takes no --faults/],
])('refuses %j', (given, problem) => {
  expect(optionsOf(given)).toMatch(problem);
});
