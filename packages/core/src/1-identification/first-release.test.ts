import { expect, it } from 'vitest';
import { VERSION_ORDERS } from '../versions/index.ts';
import type { Claim } from './claim.ts';
import { firstReleaseOf } from './first-release.ts';
import { judge } from './judge.ts';
import { claim, curl } from './testing/samples.ts';

const order = VERSION_ORDERS.deb;

function firstOf(...claims: readonly Claim[]) {
  const [judgment] = judge(curl('1.0-1'), claims, order);
  return judgment === undefined ? undefined : firstReleaseOf(judgment, '1.0-1', order);
}

const early = claim({ advisory: 'DSA-1-1', fixed: '2.0-1', published: 1_000 });
const late = claim({ advisory: 'DSA-1-2', fixed: '2.0-2', published: 2_000 });
const status = claim({ advisory: 'DEBIAN-CVE-2026-0001', authority: 'vendor-status', fixed: '2.0-1', published: 10 });

it.each<[string, Claim[], string | null]>([
  ['the only advisory', [late], 'DSA-1-2'],
  ['the earlier of two', [late, early], 'DSA-1-1'],
  ['the advisory behind a status, not the date of the vulnerability', [status, late, early], 'DSA-1-1'],
  ['not an advisory whose fix the vendor calls too low', [{ ...status, ranges: late.ranges }, late, early], 'DSA-1-2'],
  ['a status alone', [status], null],
  ['an advisory without a date', [{ ...early, published: null }], null],
  ['no fix', [claim()], null],
  ['what was withdrawn does not count', [late, { ...early, withdrawn: 5 }], 'DSA-1-2'],
])('%s', (_, claims, advisory) => {
  expect(firstOf(...claims)?.advisory ?? null).toBe(advisory);
});

it('tells how exactly the time is known', () => {
  expect(firstOf(early)).toEqual({ at: 1_000, precision: 'day', advisory: 'DSA-1-1' });
});
