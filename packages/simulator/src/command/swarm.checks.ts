import { it } from 'vitest';
import { expectSwarm } from './testing/swarm.ts';

/** Half a minute on two cores that have nothing else to do; more are for `npm run test:real`. */
const SEEDS = 1_500;

it(`${SEEDS} stories keep every promise`, { timeout: 1_200_000 }, () => expectSwarm(SEEDS, 5));
