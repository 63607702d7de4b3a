import { describe, expect, it } from 'vitest';
import { scopeOfBuild } from './scope.ts';

describe('the release of a build', () => {
  it.each([
    ['ALSA-2024:1', 'almalinux-9-baseos', '0:1-2.el9_4', 'almalinux:9'],
    ['ALBA-2024:1', '', '0:1-2.module_el8.9.0+224+a', 'almalinux:8'],
    ['RLSA-2024:1', '', '0:1-2.el8', 'rocky:8'],
    ['RXSA-2024:1', '', '0:1-2.module+el8.9.0+1+a', 'rocky:8'],
    ['RHSA-2024:1', 'rhel-9-for-x86_64-baseos-rpms', '0:1-2.el9_4', 'rhel:9'],
    ['RHSA-2024:1', 'rhel-9-for-x86_64-baseos-eus-rpms', '0:1-2.el9_2.3', 'rhel-eus:9.2'],
    ['RHSA-2024:1', 'rhel-8-for-x86_64-appstream-e4s-rpms', '0:1-2.module+el8.6.0+1+a', 'rhel-e4s:8.6'],
    ['RHSA-2024:1', 'rhel-9-for-x86_64-baseos-eus-rpms', '0:1-2.el9', null],
    ['ELSA-2024-1', '', '0:1-2.el9', 'ol:9'],
    ['ALAS2023-2024-500', '', '0:1-2.amzn2023.0.1', 'amzn:2023'],
    ['ALAS-2018-939', '', '0:1-2.amzn2', 'amzn:2'],
    ['FEDORA-2024-abc', '', '0:1-2.fc40', 'fedora:40'],
    ['FEDORA-EPEL-2024-abc', '', '0:1-2.el9', null],
    ['ACME-1', '', '0:1-2.el9', null],
    ['RHSA-2024:1', '', '0:1-2', null],
  ])('%s in %j, %s: %s', (advisory, collection, version, scope) => {
    expect(scopeOfBuild(advisory, collection, version)).toBe(scope);
  });
});
