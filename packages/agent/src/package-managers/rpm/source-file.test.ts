import { expect, test } from 'vitest';
import { sourceOf } from './source-file.ts';

test.each([
  ['openssl-3.0.7-27.el9.src.rpm', { source: 'openssl', sourceVersion: '3.0.7-27.el9' }],
  ['python3.11-pip-epel-22.3-1.el9.src.rpm', { source: 'python3.11-pip-epel', sourceVersion: '22.3-1.el9' }],
  ['firmware-1-2.nosrc.rpm', { source: 'firmware', sourceVersion: '1-2' }],
  [null, { source: 'name', sourceVersion: '1:1-1' }],
  ['nonsense', { source: 'name', sourceVersion: '1:1-1' }],
])('%s', (file, expected) => {
  expect(sourceOf(file, 'name', '1:1-1')).toEqual(expected);
});
