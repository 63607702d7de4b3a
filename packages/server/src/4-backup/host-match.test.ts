import { expect, it } from 'vitest';
import { isSameHost } from './host-match.ts';

it.each([
  ['web-1', ['web-1'], true],
  ['WEB-1', ['web-1'], true],
  ['web-1', ['web-1.example.org'], true],
  ['web-1.example.org', ['web-1'], true],
  ['web-1', ['shop', 'web-1.example.org'], true],
  ['web-1', ['web-10'], false],
  ['web-1', ['web-1-old'], false],
  ['web-1.example.org', ['web-1.example.com'], false],
  ['web-1.example', ['web-1.example.org'], false],
  ['', ['web-1'], false],
  ['web-1', [''], false],
  ['.', ['.'], true],
  ['web-1', [], false],
] as const)('a snapshot of %s and an asset called %j: %s', (host, names, same) => {
  expect(isSameHost(host, names)).toBe(same);
});
