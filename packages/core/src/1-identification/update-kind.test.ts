import { expect, it } from 'vitest';
import { kindOfChange } from './update-kind.ts';

it.each([
  ['7.88.1-10+deb12u14', '7.88.1-10+deb12u15', 'bugfix', 'The upstream version 7.88.1 stays'],
  ['5.2.15-2+b8', '5.2.15-2+b13', 'bugfix', 'stays'],
  ['1.21.22', '1.21.23', 'bugfix', 'a later patch release of 1.21'],
  ['12.4+deb12u11', '12.4+deb12u15', 'bugfix', 'The upstream version 12.4 stays'],
  ['1.1.1n-0+deb11u5', '1.1.1w-0+deb11u1', 'bugfix', 'a later patch release of 1.1'],
  ['6.1.176-1', '6.1.187-1', 'bugfix', 'a later patch release of 6.1'],
  [
    '2.39.5-0+deb12u1',
    '2.47.1-0+deb12u1',
    'feature',
    'The upstream version goes from 2.39.5 to 2.47.1, a new release.',
  ],
  ['115.9.0esr-1', '128.3.0esr-1', 'unknown', 'does not tell repairs from new features'],
  ['20230311+deb12u1', '20250419~deb12u2', 'unknown', 'from 20230311 to 20250419'],
  ['1:9.16-1', '2:9.16-1', 'unknown', 'The epoch changed'],
  ['22.01+really21.07-1', '22.01+really26.02+dfsg-0+deb12u1', 'feature', 'from 21.07 to 26.02'],
  ['1.0+dfsg-1', '1.0+dfsg1-1', 'bugfix', 'The upstream version 1.0 stays'],
])('%s to %s is %s', (from, to, kind, why) => {
  const verdict = kindOfChange(from, to);

  expect(verdict.kind).toBe(kind);
  expect(verdict.kindWhy).toContain(why);
});
