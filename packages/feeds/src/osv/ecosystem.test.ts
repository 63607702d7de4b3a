import { expect, it } from 'vitest';
import { ecosystemOf } from './ecosystem.ts';

it.each([
  ['Debian:12', 'deb debian:12'],
  ['Ubuntu:22.04:LTS', 'deb ubuntu:22.04'],
  ['Ubuntu:24.10', 'deb ubuntu:24.10'],
  ['Ubuntu:Pro:18.04:LTS', 'deb ubuntu-pro:18.04'],
  ['AlmaLinux:9', 'rpm almalinux:9'],
  ['Rocky Linux:8', 'rpm rocky:8'],
  ['Alpine:v3.19', 'apk alpine:3.19'],
  ['Wolfi', 'apk wolfi'],
  ['npm', 'npm npm'],
  ['PyPI', 'pypi pypi'],
  ['Maven:https://repo1.example.org/maven2', 'maven maven'],
  ['Go', 'golang golang'],
  ['crates.io', 'cargo cargo'],
])('%s is %s', (text, expected) => {
  const known = ecosystemOf(text);

  expect(`${known?.type} ${known?.scope}`).toBe(expected);
});

it.each(['', 'Debian', 'Ubuntu:Pro:FIPS-updates:20.04:LTS', 'Ubuntu:FIPS:20.04', 'Linux', 'Android', 'AlmaLinux'])(
  '%j is nothing that can be judged',
  (text) => {
    expect(ecosystemOf(text)).toBeNull();
  },
);
