import { decideGrantUnder, GRANT_CHECKS, type GrantCheck } from '@patchsteward/core/6-deployment';
import { describe, expect, it } from 'vitest';
import { ENGINE, type Engine } from './engine.ts';
import { play } from './play.ts';

const SEEDS_MAX = 200;

/** A server that forgot one of the checks of a grant. */
function without(check: GrantCheck): Engine {
  const checks = { ...GRANT_CHECKS, [check]: () => [] };
  return { ...ENGINE, decideGrant: (facts, now) => decideGrantUnder(checks, facts, now) };
}

describe('a server that forgets a check is found', () => {
  it.each<readonly [GrantCheck, string]>([
    ['ledger', 'S4'],
    ['wave-open', 'S5'],
    ['deploying', 'S5'],
    ['backup', 'S9'],
  ])('%s', { timeout: 300_000 }, async (check, promise) => {
    for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
      const { broken } = await play(seed, { engine: without(check) });
      if (broken.length === 0) continue;
      expect(broken.map((one) => one.promise)).toContain(promise);
      return;
    }
    expect.unreachable(`${SEEDS_MAX} stories did not notice that ${check} is missing`);
  });
});
