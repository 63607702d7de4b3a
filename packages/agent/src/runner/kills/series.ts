import { Dice } from '../../../../../lab/e2e/kills/dice.ts';
import type { Outcome, Strike } from './strike.ts';
import type { Target } from './target.ts';

/** Hosts beside each other: an upgrade mostly waits for its scripts and its disk. */
const LANES_MAX = 3;
/** Some upgrades end before anything strikes; where it is more than this, the striking itself does not work. */
const UPGRADES_PER_BLOW_MAX = 6;

export interface SeriesOptions {
  /** Of the family and the blow: another name is another row of dice. */
  readonly name: string;
  readonly count: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  /** Ends it after the upgrade that is under way. */
  readonly signal?: AbortSignal;
}

/** Upgrades until enough of them were struck, on hosts of their own; each host is removed at the end. */
export async function strikeSeries(
  make: () => Promise<Target>,
  strike: Strike,
  { name, count, seed, say, signal }: SeriesOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const struck = (): number => outcomes.reduce((sum, one) => sum + one.struck.length, 0);
  const goesOn = (): boolean =>
    struck() < count && outcomes.length < UPGRADES_PER_BLOW_MAX * count && signal?.aborted !== true;
  await Promise.all(
    Array.from({ length: Math.min(LANES_MAX, count) }, async (_, lane) => {
      const dice = new Dice(seed).child(`${name} ${lane}`);
      const target = await make();
      try {
        while (goesOn()) {
          const outcome = await strike(target, dice);
          outcomes.push(outcome);
          say(`${struck()} of ${count}: ${wordsOf(outcome)}`);
        }
      } catch (error) {
        // What the other hosts do is of use all the same; a host that does not come to an end is the worst of outcomes.
        const fault = error instanceof Error ? error.message : String(error);
        outcomes.push({
          struck: [],
          late: 0,
          phase: 'none',
          converged: false,
          faults: [fault],
          attempts: [],
          words: [],
        });
        say(fault);
      } finally {
        await target.remove();
      }
    }),
  );
  return outcomes;
}

function wordsOf({ struck, phase, faults }: Outcome): string {
  return [struck.join(', ') || 'too late', phase, ...faults].join('; ');
}
