import { expect, test } from 'vitest';
import { strikeSeries } from './series.ts';
import { strikeRunner } from './strike.ts';
import { TARGETS } from './target.ts';

/** How many of each: few for every day; `PATCHSTEWARD_KILLS=250` for the proof. */
const KILLS = Number(process.env['PATCHSTEWARD_KILLS'] ?? 4);
/** Another one each time, so that every day tries other moments; a seed that failed is named to be tried again. */
const SEED = Number(process.env['PATCHSTEWARD_SEED'] ?? Date.now() % 1_000_000);
const UPGRADE_MS_MAX = 300_000;

test.each(Object.entries(TARGETS))(
  `of %s: after ${KILLS} kill -9 of the runner everything is as it was signed (PATCHSTEWARD_SEED=${SEED})`,
  { timeout: 600_000 + KILLS * UPGRADE_MS_MAX },
  async (family, make) => {
    const say = (): void => {};

    const outcomes = await strikeSeries(make, strikeRunner, {
      name: `${family} the runner`,
      count: KILLS,
      seed: SEED,
      say,
    });

    expect(outcomes.filter(({ converged, faults }) => !converged || faults.length > 0)).toEqual([]);
    expect(outcomes.flatMap(({ struck }) => struck).length).toBeGreaterThanOrEqual(KILLS);
  },
);
