import { it } from 'vitest';
import { expectSwarm } from './testing/swarm.ts';

/** Two minutes on two cores that have nothing else to do. */
const SEEDS = 11_000;

it(`${SEEDS} stories keep every promise`, { timeout: 2_700_000 }, () => expectSwarm(SEEDS, 50));
