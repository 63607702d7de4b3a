import { describe, expect, it } from 'vitest';
import { PreparedNames } from './prepared-names.ts';

const PAGE = 'select id from asset where name = $1';

function asked(names: PreparedNames, text: string, times: number): string | null {
  for (let time = 1; time < times; time += 1) names.nameOf(text);
  return names.nameOf(text);
}

describe('names of statements', () => {
  it('come with the fifth time, and stay', () => {
    const names = new PreparedNames();

    expect(asked(names, PAGE, 4)).toBeNull();
    const name = names.nameOf(PAGE);

    expect(name).toMatch(/^patchsteward_\d+$/);
    expect(names.nameOf(PAGE)).toBe(name);
  });

  it.each(['with one as (select 1) select * from one', '  -- why\n  -- and how\n  SELECT 1', 'select 1'])(
    'are given to what reads: %j',
    (text) => {
      expect(asked(new PreparedNames(), text, 5)).not.toBeNull();
    },
  );

  it.each(['begin', 'set local lock_timeout = 0', 'insert into asset values ($1)', 'selection', '-- select 1'])(
    'are not given to %j',
    (text) => {
      expect(asked(new PreparedNames(), text, 20)).toBeNull();
    },
  );

  it('are of one statement each', () => {
    const names = new PreparedNames();
    const given = Array.from({ length: 50 }, (_, place) => asked(names, `select ${place}`, 5));

    expect(new Set(given).size).toBe(50);
  });

  it('are two hundred at most', () => {
    const names = new PreparedNames();
    const given = Array.from({ length: 300 }, (_, place) => asked(names, `select ${place}`, 5));

    expect(given.filter((name) => name !== null)).toHaveLength(200);
  });

  it('are found by what is frequent among any number of statements that come once', () => {
    const names = new PreparedNames();
    let name: string | null = null;
    for (let round = 0; round < 10_000; round += 1) {
      names.nameOf(`select ${round}`);
      if (round % 100 === 0) name = names.nameOf(PAGE);
    }

    expect(name).not.toBeNull();
  });

  it('are never given again once they were dropped', () => {
    const names = new PreparedNames();
    asked(names, PAGE, 5);
    names.drop(PAGE);

    expect(asked(names, PAGE, 10)).toBeNull();
  });
});
