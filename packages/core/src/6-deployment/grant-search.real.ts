import { expect, it } from 'vitest';
import { searchGrants } from './testing/grant-search.ts';
import { GRANT_RULES } from './testing/grant-world.ts';

it('every world of three hosts keeps the budget, and comes to its end', () => {
  // Of three mortal hosts there are too many worlds for the memory of a small machine.
  const { worlds, moves, broken, stuck } = searchGrants(3, { ...GRANT_RULES, mortal: false });
  process.stdout.write(`${JSON.stringify({ worlds, moves })}\n`);

  expect({ broken, stuck }).toEqual({ broken: null, stuck: null });
  expect(worlds).toBeGreaterThan(500_000);
});
