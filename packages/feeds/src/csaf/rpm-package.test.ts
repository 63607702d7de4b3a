import { describe, expect, it } from 'vitest';
import { purlOf } from './purl.ts';
import { rpmPackageOf } from './rpm-package.ts';

const binary = (name: string, version: string | null, architecture: string | null) => ({
  kind: 'binary',
  name,
  version,
  architecture,
});

describe('an rpm by its full name', () => {
  it.each([
    ['telnet-1:0.17-65.el7_6.x86_64', binary('telnet', '1:0.17-65.el7_6', 'x86_64')],
    ['lib-a-b-0:1.0-1.el9.noarch', binary('lib-a-b', '0:1.0-1.el9', 'noarch')],
    [
      'ruby-2.5.9-111.module+el8.9.0+19193+435404ae.i686.rpm-ruby:2.5',
      binary('ruby:2.5::ruby', '0:2.5.9-111.module+el8.9.0+19193+435404ae', 'i686'),
    ],
    [
      'ruby-0:3.1.4-142.module+el8.9.0+21471+7d1e4a35.s390x::ruby:3.1',
      binary('ruby:3.1::ruby', '0:3.1.4-142.module+el8.9.0+21471+7d1e4a35', 's390x'),
    ],
    ['openssl-1:3.0.7-27.el9.src', { kind: 'source', name: 'openssl', version: '1:3.0.7-27.el9', architecture: null }],
    ['openssl', 'openssl names no rpm'],
    ['a-1:1.0-1.module+el8+1.x86_64', 'a 1:1.0-1.module+el8+1 was built for a module that nobody names'],
    ['a-0:1.0-^ .x86_64', '0:1.0-^  is no version of an rpm'],
  ])('%s', (name, expected) => {
    expect(rpmPackageOf(null, name, null)).toEqual(expected);
  });

  it('takes the module of what it is a part of', () => {
    expect(rpmPackageOf(null, 'nodejs-1:18.1-1.module+el9.x86_64', 'nodejs:18')).toMatchObject({
      name: 'nodejs:18::nodejs',
    });
  });
});

describe('an rpm by its purl', () => {
  it.each([
    [
      'pkg:rpm/redhat/bind@9.8.2-0.68.rc1.el6?arch=x86_64&epoch=32',
      'bind-32:9.8.2',
      binary('bind', '32:9.8.2-0.68.rc1.el6', 'x86_64'),
    ],
    [
      'pkg:rpm/redhat/telnet@0.17-65.el7_6?arch=x86_64',
      'telnet-1:0.17-65.el7_6.x86_64',
      binary('telnet', '1:0.17-65.el7_6', 'x86_64'),
    ],
    ['pkg:rpm/redhat/pam?arch=src', 'pam', { kind: 'source', name: 'pam', version: null, architecture: null }],
    ['pkg:rpm/redhat/pam', 'pam', binary('pam', null, null)],
    [
      'pkg:rpm/redhat/firefox-x11?rpmmod=firefox:flatpak',
      'firefox-x11',
      binary('firefox:flatpak::firefox-x11', null, null),
    ],
    ['pkg:rpm/redhat/a@1-1?arch=x86_64&epoch=2', 'a-1:1-1.x86_64', 'a-1:1-1.x86_64 and its purl name different epochs'],
  ])('%s', (purl, name, expected) => {
    expect(rpmPackageOf(purlOf(purl), name, null)).toEqual(expected);
  });
});
