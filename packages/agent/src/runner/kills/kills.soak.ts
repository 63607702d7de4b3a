import { expect, test } from 'vitest';
import { Dice } from '../../../../../lab/e2e/kills/dice.ts';
import { type Outcome, strikePackages, strikeRunner } from './strike.ts';
import { TARGETS, type Target } from './target.ts';

/** How many of each: few for every day; `PATCHSTEWARD_KILLS=250` for the proof. */
const KILLS = Number(process.env['PATCHSTEWARD_KILLS'] ?? 4);
/** Another one each time, so that every day tries other moments; a seed that failed is named to be tried again. */
const SEED = Number(process.env['PATCHSTEWARD_SEED'] ?? Date.now() % 1_000_000);
/** Hosts beside each other: an upgrade mostly waits for its scripts and its disk. */
const LANES = Math.min(Number(process.env['PATCHSTEWARD_LANES'] ?? 3), KILLS);
const UPGRADE_MS_MAX = 300_000;

const STRIKES = { 'its package managers': strikePackages, 'the runner': strikeRunner } as const;

const CASES = Object.keys(TARGETS).flatMap((family) => Object.keys(STRIKES).map((victim) => [family, victim] as const));

test.each(CASES)(
  `of %s: after ${KILLS} kill -9 of %s everything is as it was signed (PATCHSTEWARD_SEED=${SEED})`,
  { timeout: 600_000 + KILLS * UPGRADE_MS_MAX },
  async (family, victim) => {
    // Names of the tables that the cases were made of.
    const make = TARGETS[family as keyof typeof TARGETS];
    const strike = STRIKES[victim as keyof typeof STRIKES];
    const begun = Date.now();
    const outcomes: Outcome[] = [];
    const kills = (): number => outcomes.reduce((sum, { killed }) => sum + killed.length, 0);

    await Promise.all(
      Array.from({ length: LANES }, async (_, lane) => {
        const target: Target = await make();
        const dice = new Dice(SEED).child(`${family} ${victim} ${lane}`);
        try {
          while (kills() < KILLS) outcomes.push(await strike(target, dice));
        } finally {
          await target.remove();
        }
      }),
    );

    const bad = outcomes.filter(({ phase, faults }) => phase !== 'succeeded' || faults.length > 0);
    process.stderr.write(`${summaryOf(`${family}, ${victim}`, outcomes, Date.now() - begun)}\n`);
    expect(bad).toEqual([]);
    expect(kills()).toBeGreaterThanOrEqual(KILLS);
  },
);

/** For whoever runs it for the figures. */
function summaryOf(what: string, outcomes: readonly Outcome[], tookMs: number): string {
  const killed = outcomes.flatMap((outcome) => outcome.killed);
  const names = Object.entries(Object.groupBy(killed, (name) => name)).map(
    ([name, all]) => `${all?.length ?? 0} ${name}`,
  );
  const repaired = outcomes.filter(({ attempts }) => attempts.some((one) => one.startsWith('repair'))).length;
  const converged = outcomes.filter(({ phase, faults }) => phase === 'succeeded' && faults.length === 0).length;
  const falseSuccesses = outcomes.filter(({ phase, faults }) => phase === 'succeeded' && faults.length > 0).length;
  return [
    `${what}: ${killed.length} kills (${names.join(', ')}) in ${outcomes.length} upgrades, seed ${SEED}`,
    `  ${repaired} needed a repair, ${converged} converged, ${falseSuccesses} false successes`,
    `  ${Math.round(tookMs / 1000)} s`,
  ].join('\n');
}
