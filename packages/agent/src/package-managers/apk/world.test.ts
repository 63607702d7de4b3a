import { expect, test } from 'vitest';
import { parseWorld } from './world.ts';

test.each([
  ['busybox', [{ name: 'busybox', tag: null, pinned: false }]],
  ['nginx@edge', [{ name: 'nginx', tag: 'edge', pinned: false }]],
  ['zlib=1.3-r0', [{ name: 'zlib', tag: null, pinned: true }]],
  ['zlib@edge=1.3-r0', [{ name: 'zlib', tag: 'edge', pinned: true }]],
  ['zlib~1.3', [{ name: 'zlib', tag: null, pinned: true }]],
  ['zlib=~1.3', [{ name: 'zlib', tag: null, pinned: true }]],
  ['zlib<1.4', [{ name: 'zlib', tag: null, pinned: true }]],
  ['zlib><Q1abc=', [{ name: 'zlib', tag: null, pinned: true }]],
  ['zlib>1.3', [{ name: 'zlib', tag: null, pinned: false }]],
  ['zlib>=1.3', [{ name: 'zlib', tag: null, pinned: false }]],
  ['!telnet', []],
  ['', []],
])('%j', (text, expected) => {
  expect(parseWorld(text)).toEqual(expected);
});
