import { describe, expect, it } from 'vitest';
import { searchGrants } from './testing/grant-search.ts';
import { GRANT_RULES, holdsForATime } from './testing/grant-world.ts';

describe('every world of two hosts, two servers and a network that loses, delays and repeats', () => {
  const search = searchGrants(2, GRANT_RULES);

  it('keeps the budget, starts nobody without a grant, and nobody late', () => {
    expect(search.broken).toBeNull();
    // A search that hardly went anywhere would find nothing either.
    expect(search.worlds).toBeGreaterThan(50_000);
  });

  it('comes to its end from wherever nobody died, without a person', () => {
    expect(search.stuck).toBeNull();
  });
});

describe('the search sees what is taken away from the rule', () => {
  it.each([
    ['a place that is given up after a time', { counts: holdsForATime }, 'over-budget'],
    ['a place that is given up for silence', { counts: ({ why }) => why !== 'unknown' }, 'over-budget'],
    ['two servers that do not wait for one another', { locked: false }, 'over-budget'],
    ['a host that asks before it was heard', { reportsFirst: false }, 'started-without-grant'],
    ['a host that counts from the answer on', { countsFromQuestion: false }, 'started-late'],
  ] as const satisfies [string, Partial<typeof GRANT_RULES>, string][])('%s', (_, without, promise) => {
    expect(searchGrants(2, { ...GRANT_RULES, ...without }).broken).toMatchObject({ promise });
  });

  it('a host that waits for a grant that was lost on its way', () => {
    const { broken, stuck } = searchGrants(2, { ...GRANT_RULES, givesBackUnheard: false });

    expect(broken).toBeNull();
    expect(stuck?.story).toContain('front0 does not get its answer');
  });
});
