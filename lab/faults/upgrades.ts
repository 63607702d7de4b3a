import { strikeSeries } from '../../packages/agent/src/runner/kills/series.ts';
import type { Outcome, Strike } from '../../packages/agent/src/runner/kills/strike.ts';
import { TARGETS, type Target } from '../../packages/agent/src/runner/kills/target.ts';
import { counted, type FaultCounts, type FaultWish } from './figures.ts';

/** Something strikes upgrades of one family of packages, each carried out by the real runner on a host of its own. */
export function strikeUpgrades(
  family: keyof typeof TARGETS,
  strike: Strike,
  furnish: (target: Target) => Promise<Target> = (target) => Promise.resolve(target),
) {
  const make = async (): Promise<Target> => {
    const target = await TARGETS[family]();
    try {
      return await furnish(target);
    } catch (error) {
      await target.remove();
      throw error;
    }
  };
  return async ({ count, seed, say, signal }: FaultWish): Promise<FaultCounts> =>
    countsOf(await strikeSeries(make, strike, { name: family, count, seed, say, signal }));
}

export function countsOf(outcomes: readonly Outcome[]): FaultCounts {
  const bad = outcomes.filter(({ converged, faults }) => !converged || faults.length > 0);
  return {
    struck: counted(outcomes.flatMap(({ struck }) => struck)),
    late: outcomes.reduce((sum, one) => sum + one.late, 0),
    runs: outcomes.length,
    converged: outcomes.length - bad.length,
    falseSuccesses: bad.filter(({ converged }) => converged).length,
    ...{ lost: 0, doubled: 0 },
    faults: bad.map(
      ({ struck, phase, faults, attempts }) =>
        `after ${struck.join(', ')}: ${[phase, ...faults].join('; ')} (${attempts.join(', ')})`,
    ),
  };
}
