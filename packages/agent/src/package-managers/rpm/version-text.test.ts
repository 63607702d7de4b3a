import { expect, test } from 'vitest';
import { versionText } from './version-text.ts';

test.each([
  ['', '1-1'],
  ['0', '1-1'],
  ['2', '2:1-1'],
])('the epoch %j', (epoch, expected) => {
  expect(versionText(epoch, '1', '1')).toBe(expected);
});
