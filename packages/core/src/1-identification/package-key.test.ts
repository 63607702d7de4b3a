import { expect, it } from 'vitest';
import { isModularBuild, minorReleaseOf, modularKey, packageKey } from './package-key.ts';

it.each([
  ['pypi', 'Foo_.Bar', 'foo-bar'],
  ['nuget', 'Newtonsoft.Json', 'newtonsoft.json'],
  ['composer', 'Symfony/HTTP', 'symfony/http'],
  ['npm', 'JSONStream', 'JSONStream'],
  ['maven', 'org.Apache:A_b', 'org.Apache:A_b'],
])('%s knows %s as %s', (type, name, key) => {
  expect(packageKey(type, name)).toBe(key);
});

it('keeps the packages of a module apart', () => {
  expect(modularKey(null, 'npm')).toBe('npm');
  expect(modularKey('nodejs:18', 'npm')).toBe('nodejs:18::npm');
});

it.each([
  ['1:18.18.2-2.module+el9.2.0.z+20408+7cb5fda5', true],
  ['2.5.9-111.module_el8.9.0+3635+c6f99506', true],
  ['5.1.8-6.el9', false],
  ['1.0-1.modules.el9', false],
])('%s is of a module: %s', (version, modular) => {
  expect(isModularBuild(version)).toBe(modular);
});

it.each([
  ['0:1-2.el9_4.3', '4'],
  ['0:1-2.module+el8.10.0+1+a', '10'],
  ['0:1-2.el9', null],
  ['0:1-2.el9.4', null],
  ['0:1-2.fc40', null],
])('the minor release of a build: %s is of %s', (version, minor) => {
  expect(minorReleaseOf(version)).toBe(minor);
});
