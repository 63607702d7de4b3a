import { expect, it } from 'vitest';
import { DAY_MS } from '../vocabulary/index.ts';
import { type Lifecycle, publicSupportEnd, supportOf, supportReasons, supportWord } from './platform-support.ts';

const REGULAR = Date.UTC(2026, 6, 12);
const LTS = Date.UTC(2028, 6, 1);
const EXTENDED = Date.UTC(2033, 6, 1);
const WARN = 180 * DAY_MS;

function lifecycles(...phases: readonly [Lifecycle['phase'], number][]): Lifecycle[] {
  return phases.map(([phase, ends]) => ({ scope: 'debian:12', phase, ends }));
}
const ALL = lifecycles(['regular', REGULAR], ['lts', LTS], ['extended', EXTENDED]);

it.each([
  ['in regular support', ALL, REGULAR - 1, { state: 'supported', phase: 'regular' }, 'supported', []],
  ['in long-term support', ALL, REGULAR, { state: 'supported', phase: 'lts' }, 'supported', []],
  ['soon to end', ALL, LTS - WARN, { state: 'ending' }, 'ending', ['platform-ending']],
  [
    'past it, with subscriptions',
    ALL,
    LTS,
    { state: 'ended', extendedUntil: EXTENDED },
    'extended',
    ['platform-extended-support'],
  ],
  ['past everything', ALL, EXTENDED, { state: 'ended', extendedUntil: null }, 'ended', ['platform-end-of-life']],
  [
    'without long-term support',
    lifecycles(['regular', REGULAR]),
    REGULAR,
    { state: 'ended' },
    'ended',
    ['platform-end-of-life'],
  ],
] as const)('a platform %s', (_, known, now, support, word, codes) => {
  const found = supportOf(known, WARN, now);
  expect(found).toMatchObject(support);
  expect(supportWord(found)).toBe(word);
  expect(supportReasons(found, 'Debian 12').map(({ code }) => code)).toEqual(codes);
});

it('is past a phase when the last source says so', () => {
  expect(publicSupportEnd(lifecycles(['regular', REGULAR], ['regular', REGULAR + DAY_MS]))).toBe(REGULAR + DAY_MS);
});

it('of which nobody says anything is not guessed', () => {
  expect(supportOf(lifecycles(['extended', EXTENDED]), WARN, EXTENDED)).toBeNull();
  expect(supportWord(null)).toBe('unknown');
  expect(supportReasons(null, 'Slackware')).toEqual([]);
});
