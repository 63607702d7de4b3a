import { expect, it } from 'vitest';
import type { ClaimStatus } from './claim.ts';
import { onPlatform, unfixedReason } from './past-support.ts';
import type { PlatformSupport } from './platform-support.ts';

const UNTIL = Date.parse('2024-07-01T00:00:00Z');
const ENDED: PlatformSupport = { state: 'ended', phase: 'lts', until: UNTIL, extendedUntil: null };
const judged = (status: ClaimStatus | 'not_judged', fixed: string | null = null) => ({ status, fixed, why: 'So.' });

it.each([
  ['affected', 'end_of_life'],
  ['deferred', 'end_of_life'],
  ['wont_fix', 'wont_fix'],
  ['fixed', 'fixed'],
  ['not_affected', 'not_affected'],
  ['under_investigation', 'under_investigation'],
  ['not_judged', 'not_judged'],
] as const)('what is %s on a platform past its support is %s', (status, expected) => {
  expect(onPlatform(judged(status), ENDED, 'Debian 10').status).toBe(expected);
});

it('says when the support ended', () => {
  expect(onPlatform(judged('affected'), ENDED, 'Debian 10').why).toBe(
    'So. The support of Debian 10 ended on 2024-06-30.',
  );
});

it.each([
  ['a fix is known', judged('affected', '2.0-1'), ENDED],
  ['subscribers get fixes', judged('affected'), { ...ENDED, extendedUntil: UNTIL + 1 }],
  ['it ends soon', judged('affected'), { ...ENDED, state: 'ending' as const }],
  ['no source says', judged('affected'), null],
])('nothing changes where %s', (_, one, support) => {
  expect(onPlatform(one, support, 'Debian 10')).toBe(one);
});

it.each([
  ['affected', 'no-fix-available'],
  ['deferred', 'no-fix-available'],
  ['wont_fix', 'fix-refused'],
  ['end_of_life', 'fix-past-support'],
] as const)('%s without a fix is told by %s', (status, code) => {
  expect(unfixedReason(status, 'CVE-2026-1')).toMatchObject({ code, subject: 'CVE-2026-1' });
});
