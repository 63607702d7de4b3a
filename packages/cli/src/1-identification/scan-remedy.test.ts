import type { Finding } from '@patchsteward/core/1-identification';
import { reasonOf } from '@patchsteward/core/vocabulary';
import { expect, it } from 'vitest';
import { remedyFor } from './scan-remedy.ts';

// Of a finding nothing else is read here.
const finding = (
  fixed: string | null,
  ...codes: ('fix-held' | 'fix-pinned' | 'fix-not-in-configured-origins' | 'fix-needs-subscription')[]
) => ({ package: 'a', source: 's', fixed, reasons: codes.map((code) => reasonOf(code, 'a')) }) as unknown as Finding;

it.each([
  ['deb', ['1-9', '1-10'], 'install s 1-10 or newer (apt-get install --only-upgrade a)'],
  ['rpm', ['1:1-1', '9-1'], 'install s 1:1-1 or newer (dnf upgrade a)'],
  ['apk', ['1.2-r9', '1.2-r10'], 'install s 1.2-r10 or newer (apk add --upgrade a)'],
  ['components', ['1.9', '1.10'], 'install s 1.10 or newer'],
  ['rpm', [null], 'nothing to install yet; mitigate, remove the package, or accept the risk'],
] as const)('on %s the highest of the fixes %j', (ecosystem, fixes, expected) => {
  expect(
    remedyFor(ecosystem)(
      fixes.map((fixed) => finding(fixed)),
      ['a'],
    ),
  ).toBe(expected);
});

it('a pin is lifted as a hold is', () => {
  expect(remedyFor('deb')([finding('2-1', 'fix-pinned')], ['a'])).toMatch(/^lift the hold .*its pin in/);
});

it('first the hold, then the lists, then the fix', () => {
  const group = [finding('2-1', 'fix-held', 'fix-not-in-configured-origins')];

  expect(remedyFor('rpm')(group, ['a'])).toBe(
    'lift the hold (dnf versionlock delete a, or excludepkgs in /etc/dnf/dnf.conf); then refresh the package lists (dnf makecache), or add the repository that has the fix; then install s 2-1 or newer (dnf upgrade a)',
  );
});

it('first the subscription, then the fix', () => {
  const group = [finding('2-1', 'fix-needs-subscription')];

  expect(remedyFor('deb')(group, ['a'])).toBe(
    'subscribe the host (Ubuntu Pro: pro attach), or move to a release that gets the fix, or mitigate; then install s 2-1 or newer (apt-get install --only-upgrade a)',
  );
});
