import { describe, expect, it } from 'vitest';
import { purlOf } from './purl.ts';

describe('a package URL', () => {
  it('is read with what is encoded in it', () => {
    const purl = purlOf('pkg:rpm/redhat/ruby@2.5.9-111.module%2Bel8.9.0?arch=i686&rpmmod=ruby:2.5:809#folder');

    expect(purl).toMatchObject({ type: 'rpm', namespace: 'redhat', name: 'ruby', version: '2.5.9-111.module+el8.9.0' });
    expect(Object.fromEntries(purl?.qualifiers ?? [])).toEqual({ arch: 'i686', rpmmod: 'ruby:2.5:809' });
  });

  it('needs neither a namespace nor a version', () => {
    expect(purlOf('pkg:NPM/%40scope/name')).toMatchObject({
      type: 'npm',
      namespace: '@scope',
      name: 'name',
      version: null,
    });
    expect(purlOf('pkg:pypi/django')).toMatchObject({ namespace: null, name: 'django', version: null });
  });

  it.each(['', 'pkg:npm', 'pkg:npm/', 'npm/name@1', 'pkg:npm/a%zz@1'])('%j is none', (text) => {
    expect(purlOf(text)).toBeNull();
  });
});
