import { describe, expect, it } from 'vitest';
import { productOfCpe, scopeOfCpe } from './cpe.ts';

describe('the release that a CPE names', () => {
  it.each([
    ['cpe:/o:redhat:enterprise_linux:9::baseos', 'rhel:9'],
    ['cpe:/a:redhat:enterprise_linux:8::appstream', 'rhel:8'],
    ['cpe:2.3:o:redhat:enterprise_linux:9:*:*:*:*:*:*:*', 'rhel:9'],
    ['cpe:/a:redhat:rhel_eus:9.4::appstream', 'rhel-eus:9.4'],
    ['cpe:/o:redhat:rhel_e4s:7.6::server', 'rhel-e4s:7.6'],
    ['cpe:/o:redhat:rhel_els:6', 'rhel-els:6'],
    ['cpe:/a:redhat:rhel_software_collections:3::el7', 'rhel:7'],
    ['cpe:/a:almalinux:almalinux:9::appstream', 'almalinux:9'],
    ['cpe:/a:oracle:linux:8:9:baseos_patch', 'ol:8'],
    ['cpe:/o:suse:sles:15:sp5', 'sles:15.5'],
    ['cpe:/o:suse:sle-module-basesystem:15:sp5', 'sles:15.5'],
    ['cpe:/o:suse:sles:15', 'sles:15.0'],
    // A layered product builds packages of its own under the same names.
    ['cpe:/a:redhat:openshift:4.12::el8', null],
    ['cpe:/a:redhat:rhel_software_collections:3', null],
    ['cpe:/o:redhat:enterprise_linux', null],
    ['cpe:/o:suse:manager:4.3', null],
    ['enterprise_linux:9', null],
  ])('%s: %s', (cpe, scope) => {
    expect(scopeOfCpe(cpe)).toBe(scope);
  });
});

describe('the product that a CPE names', () => {
  it.each([
    ['cpe:/a:csaf-tools:cvrf-csaf-converter:1.0.0-alpha', 'csaf-tools/cvrf-csaf-converter'],
    ['cpe:2.3:o:cisco:ios_xe:17.3.4a:*:*:*:*:*:*:*', 'cisco/ios-xe'],
    ['cpe:2.3:a:a\\:b:c:1:*:*:*:*:*:*:*', 'a-b/c'],
    ['cpe:/h:vendor', null],
    ['none', null],
  ])('%s: %s', (cpe, key) => {
    expect(productOfCpe(cpe)).toBe(key);
  });
});
