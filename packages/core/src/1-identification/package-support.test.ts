import { expect, it } from 'vitest';
import { DAY_MS } from '../vocabulary/index.ts';
import { type ListedSupport, supportListed, unsupportedComponent, unsupportedSource } from './package-support.ts';

const END = Date.UTC(2026, 5, 12);
const NONE = { lastVersion: null, ends: null, details: null };
const LISTED: readonly ListedSupport[] = [
  { ...NONE, source: 'golang', isBeginning: true, details: 'built anew by hand' },
  { source: 'lxd', isBeginning: false, lastVersion: '5.0-1', ends: END, details: 'too old' },
  { ...NONE, source: 'golang-x', isBeginning: false },
];

it.each([
  ['lxd', LISTED[1]],
  ['lxd-tools', null],
  ['golang-1.19', LISTED[0]],
  ['golang-x', LISTED[0]],
  ['go', null],
])('what is said of %s is said by the first that names it', (source, expected) => {
  expect(supportListed(source, LISTED)).toBe(expected);
});

it.each([
  [END - 10 * DAY_MS - 1, null],
  [END - 10 * DAY_MS, 'ending'],
  [END - 1, 'ending'],
  [END, 'ended'],
] as const)('a package is out of support from the day on, and told before: %d %s', (now, state) => {
  const found =
    LISTED[1] && unsupportedSource({ source: 'lxd', version: '5.1' }, LISTED[1], { now, warnMs: 10 * DAY_MS });
  expect(found?.state ?? null).toBe(state);
  if (found != null) expect(found.why).toMatch(/^The support of lxd end(s|ed) before .* is 5.0-1: too old$/);
});

it('limited support is told as such at any time', () => {
  const found =
    LISTED[0] && unsupportedSource({ source: 'golang-1.19', version: '1' }, LISTED[0], { now: 0, warnMs: 0 });
  expect(found).toMatchObject({ state: 'limited', until: null, why: expect.stringContaining('built anew by hand') });
});

it.each([
  ['supported', null, null],
  ['ending', null, 'ending'],
  ['ended', null, 'ended'],
  ['ended', END + DAY_MS, 'extended'],
] as const)('a component whose product is %s (%s) is %s', (state, extendedUntil, word) => {
  const support = { state, phase: 'regular', until: END, extendedUntil } as const;
  const found = unsupportedComponent({ name: 'django', version: '3.2.1' }, { title: 'Django', cycle: '3.2' }, support);
  expect(found?.state ?? null).toBe(word);
});

it('a component of which nobody says anything is not guessed', () => {
  expect(unsupportedComponent({ name: 'a', version: '1' }, { title: 'A', cycle: '1' }, null)).toBeNull();
});
