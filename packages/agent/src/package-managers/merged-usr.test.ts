import { expect, test } from 'vitest';
import { mergedNames } from './merged-usr.ts';

test.each([
  ['/usr/lib64/libssl.so.3', ['/usr/lib64/libssl.so.3', '/lib64/libssl.so.3']],
  ['/usr/bin/sh', ['/usr/bin/sh', '/bin/sh']],
  ['/usr/share/x', ['/usr/share/x']],
])('%s', (path, expected) => {
  expect(mergedNames(path)).toEqual(expected);
});
