import { it } from 'vitest';
import { expectSwarm } from './testing/swarm.ts';

/** A minute on two cores that have nothing else to do; more are for `npm run test:real`. */
const SEEDS = 5_000;

it(`${SEEDS} stories keep every promise`, { timeout: 1_200_000 }, () => expectSwarm(SEEDS, 5));
