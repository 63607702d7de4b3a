import { expect, test } from 'vitest';
import { globMatcher } from './preference-glob.ts';

test.each([
  ['acl', 'acl', true],
  ['acl', 'libacl', false],
  ['lib*', 'libacl1', true],
  ['lib*', 'acl', false],
  ['1.0-?', '1.0-2', true],
  ['1.0-?', '1.0-22', false],
  ['1.0', '1x0', false],
  ['lib[ab]cl', 'libbcl', true],
  ['lib[!a]cl', 'libacl', false],
  ['g++', 'g++', true],
  ['/^lib.*1$/', 'libacl1', true],
  ['/acl/', 'libacl1', true],
  ['/^acl/', 'libacl1', false],
  ['/(/', '(', false],
])('%s and %s: %s', (pattern, text, fits) => {
  expect(globMatcher(pattern)(text)).toBe(fits);
});
