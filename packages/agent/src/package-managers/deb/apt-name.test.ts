import { expect, test } from 'vitest';
import { aptName, nativeArchitecture } from './apt-name.ts';
import { parseDpkgStatus } from './dpkg-status.ts';

function installed(name: string, architecture: string): string {
  return `Package: ${name}\nStatus: install ok installed\nArchitecture: ${architecture}\nVersion: 1\n\n`;
}

test.each([
  ['amd64', 'acl'],
  ['all', 'acl'],
  ['i386', 'acl:i386'],
])('a package of %s is called %s where amd64 is native', (architecture, name) => {
  const [one] = parseDpkgStatus(installed('acl', architecture));

  expect(one === undefined ? null : aptName(one, 'amd64')).toBe(name);
});

test.each([
  [installed('acl', 'i386') + installed('dpkg', 'arm64'), 'arm64'],
  [installed('acl', 'i386'), null],
])('dpkg itself has the native architecture', (status, expected) => {
  expect(nativeArchitecture(parseDpkgStatus(status))).toBe(expected);
});
