import { describe, expect, it } from 'vitest';
import { ENGINE } from '../world/engine.ts';
import { hunt } from './hunt.ts';
import { PLANTS } from './plants.ts';

/** Each of these takes a few stories; all of them are for `npm run simulate -- --planted`. */
const STORIES_MAX = 200;

const SAMPLE: readonly (readonly [string, string])[] = [
  ['a grant does not look at: deploying', 'S5'],
  ['a grant does not look at: interval', 'S3'],
  ['a grant does not look at: backup', 'S9'],
  ['no guard: requester-never-approves', 'S2'],
  ['no guard: quorum-reached', 'S1'],
  ['no guard: lane-change-signed', 'S17'],
  ['reports acknowledged first', 'L7'],
  ['done unseen', 'S7'],
  ['reboots anyhow', 'S3'],
  ['bytes not compared', 'S8'],
  ['an event has no entry in the record', 'S12'],
  ['every second host may fail', 'S6'],
  ['a grant does not look at: no-fork', 'S20'],
  ['no guard: only-inconclusive-accepted', 'S15'],
  ['no guard: expiry-ahead', 'S18'],
  ['late not named', 'L6'],
];

describe('a planted bug is found', () => {
  it.each(SAMPLE)('%s', { timeout: 300_000 }, async (name, promise) => {
    const plant = PLANTS.find((one) => one.name === name);
    if (plant === undefined) return expect.unreachable(`nobody plants "${name}"`);

    expect((await hunt(plant, 1, STORIES_MAX)).broken?.promise).toBe(promise);
  });

  it('and nothing where nothing is planted', async () => {
    const hunted = await hunt({ name: 'nothing', engine: ENGINE }, 1, 10);

    expect(hunted).toEqual({ name: 'nothing', stories: null, seed: null, broken: null });
  });
});

it('there are at least forty of them, each with a name of its own', () => {
  expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
  expect(PLANTS.length).toBeGreaterThanOrEqual(40);
});
