import { describe, expect, it } from 'vitest';
import { ALL_VERSION_ORDERS } from './index.ts';
import { ECOSYSTEM_NAMES, ecosystemNamed } from './names.ts';

describe('ecosystemNamed', () => {
  it.each([
    ['deb', 'deb'],
    ['Debian', 'deb'],
    ['npm', 'semver'],
    ['crates.io', 'semver'],
    ['PyPI', 'pypi'],
    ['Packagist', 'composer'],
    ['Alpine', 'apk'],
    ['conda', null],
    ['constructor', null],
    ['', null],
  ])('%j is %s', (name, ecosystem) => {
    expect(ecosystemNamed(name)).toBe(ecosystem);
  });

  it('knows every order by its own name', () => {
    expect(ECOSYSTEM_NAMES.slice(0, Object.keys(ALL_VERSION_ORDERS).length)).toEqual(Object.keys(ALL_VERSION_ORDERS));
  });
});
