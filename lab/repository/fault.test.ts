import { describe, expect, it } from 'vitest';
import { faultOf, parseFaults } from './fault.ts';

describe('a fault', () => {
  const faults = parseFaults([
    { match: String.raw`acme-web_1\.1.*\.deb$`, mode: 'corrupt' },
    { match: String.raw`\.deb$`, mode: 'slow', bytesPerSecond: 10 },
  ]);

  it.each([
    ['/acme/pool/acme-web_1.1_all.deb', 'corrupt'],
    ['/acme/pool/acme-web_1.0_all.deb', 'slow'],
    ['/acme/dists/acme/InRelease', undefined],
  ])('of %s is the first that matches', (path, mode) => {
    expect(faultOf(faults, path)?.mode).toBe(mode);
  });

  it.each([
    ['no list', { match: 'x', mode: 'hang' }],
    ['no object', ['x']],
    ['no pattern', [{ mode: 'hang' }]],
    ['a pattern that is none', [{ match: '(', mode: 'hang' }]],
    ['an unknown mode', [{ match: 'x', mode: 'explode' }]],
    ['no speed', [{ match: 'x', mode: 'slow', bytesPerSecond: 0 }]],
    ['a speed in words', [{ match: 'x', mode: 'slow', bytesPerSecond: 'fast' }]],
  ])('is refused: %s', (_, value) => {
    expect(() => parseFaults(value)).toThrow();
  });
});
