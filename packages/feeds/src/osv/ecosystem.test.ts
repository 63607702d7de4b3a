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
  ['NuGet', 'nuget nuget'],
  ['RubyGems', 'gem gem'],
  ['Packagist', 'composer composer'],
  ['CRAN', 'cran cran'],
  ['Hackage', 'hackage hackage'],
  ['Chainguard', 'apk chainguard'],
  ['Red Hat:enterprise_linux:9::baseos', 'rpm rhel:9'],
  ['Red Hat:enterprise_linux:10.0', 'rpm rhel:10'],
  ['Red Hat:rhel_eus:9.4::appstream', 'rpm rhel-eus:9.4'],
  ['Red Hat:rhel_aus:8.2::baseos', 'rpm rhel-aus:8.2'],
  ['SUSE:Linux Enterprise Server 15 SP6', 'rpm sles:15.6'],
  ['SUSE:Linux Enterprise Server 12 SP5-LTSS', 'rpm sles:12.5'],
  ['SUSE:Linux Enterprise Module for Basesystem 15 SP6', 'rpm sles:15.6'],
  ['SUSE:Linux Enterprise Server 15', 'rpm sles:15.0'],
  ['openSUSE:Leap 15.6', 'rpm opensuse-leap:15.6'],
  ['openSUSE:Tumbleweed', 'rpm opensuse-tumbleweed'],
  ['Mageia:9', 'rpm mageia:9'],
  ['Photon OS:5.0', 'rpm photon:5.0'],
  ['Azure Linux:3', 'rpm azurelinux:3'],
])('%s is %s', (text, expected) => {
  const known = ecosystemOf(text);

  expect(`${known?.type} ${known?.scope}`).toBe(expected);
});

it.each([
  ['Rocky Linux:9', 'binary'],
  ['Red Hat:enterprise_linux:9::baseos', 'binary'],
  ['SUSE:Linux Enterprise Server 15 SP6', 'source'],
  ['Mageia:9', 'source'],
  ['Debian:12', 'source'],
  ['npm', 'binary'],
])('%s names what is %s', (text, kind) => {
  expect(ecosystemOf(text)?.packageKind).toBe(kind);
});

const OTHERS = [
  ...[
    'Red Hat:openshift:4.12::el8',
    'Red Hat:rhel_eus:9',
    'SUSE:Manager Server 4.3',
    'SUSE:Linux Enterprise Micro 5.5',
  ],
  ...[
    'openSUSE:Leap Micro 5.5',
    'openEuler:24.03-LTS-SP1',
    'Bitnami',
    'GIT',
    'SwiftURL',
    'Red Hat',
    'SUSE',
    'openSUSE',
  ],
];

it.each([
  ...OTHERS,
  '',
  'Debian',
  'Ubuntu:Pro:FIPS-updates:20.04:LTS',
  'Ubuntu:FIPS:20.04',
  'Linux',
  'Android',
  'AlmaLinux',
])('%j is nothing that can be judged', (text) => {
  expect(ecosystemOf(text)).toBeNull();
});
