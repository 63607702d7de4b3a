import { expect, it } from 'vitest';
import { FAULT_KINDS, figuresText, proves } from './figures.ts';
import { runFault } from './run.ts';

/** How often of each: few for every day; for the proof there is `npm run lab -- faults`. */
const COUNT = Number(process.env['PATCHSTEWARD_FAULTS'] ?? 4);
/** Another one each time, so that every day tries other moments; a seed that failed is named to be tried again. */
const SEED = Number(process.env['PATCHSTEWARD_SEED'] ?? Date.now() % 1_000_000);

it.each(FAULT_KINDS)(`%s, ${COUNT} times (PATCHSTEWARD_SEED=${SEED})`, async (kind) => {
  const told: string[] = [];
  const say = (line: string): void => void told.push(line);

  const figures = await runFault(kind, { count: COUNT, seed: SEED, say, signal: new AbortController().signal });

  expect(proves(figures), `${told.join('\n')}\n${figuresText(figures)}`).toBe(true);
});
