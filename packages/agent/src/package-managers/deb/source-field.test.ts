import { expect, test } from 'vitest';
import { sourceOf } from './source-field.ts';

test.each([
  [undefined, 'acl', '2.3.1-3'],
  ['glibc', 'glibc', '2.3.1-3'],
  ['glibc (2.36-9)', 'glibc', '2.36-9'],
  ['linux-signed-amd64 (6.1.153+1)', 'linux-signed-amd64', '6.1.153+1'],
  ['gcc-12   (1:12.2.0-14)', 'gcc-12', '1:12.2.0-14'],
  ['', 'acl', '2.3.1-3'],
])('Source %j', (field, source, sourceVersion) => {
  expect(sourceOf(field, 'acl', '2.3.1-3')).toEqual({ source, sourceVersion });
});
