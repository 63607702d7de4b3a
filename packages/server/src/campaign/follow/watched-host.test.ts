import { describe, expect, it } from 'vitest';
import { remainingOf, SILENCE_MS, soakResult, type WatchedHost } from './watched-host.ts';

const ENDS = 1_000;

function host(members: Partial<WatchedHost> = {}): WatchedHost {
  const fine = { seenAt: ENDS, freshAfterJob: true, atTarget: true, succeeded: true, byHand: false };
  return { assetId: 'a', name: 'web1', ...fine, ...members };
}

describe('the watch', () => {
  it.each<[string, WatchedHost[], number, string | null]>([
    ['passes where every host is well after it', [host(), host()], ENDS, 'pass'],
    ['fails where a host is no longer at its target', [host(), host({ atTarget: false })], ENDS, 'fail'],
    ['waits for a host that has not reported since its end', [host(), host({ seenAt: ENDS - 1 })], ENDS, null],
    ['waits for a host that never reported', [host({ seenAt: null, freshAfterJob: false })], ENDS, null],
    [
      'does not believe what a host told while its job was under way, though the watch was over',
      [host(), host({ freshAfterJob: false, atTarget: false })],
      ENDS,
      null,
    ],
    ['takes no silence for a pass', [host(), host({ seenAt: null })], ENDS + SILENCE_MS, 'inconclusive'],
    ['looks at hosts whose job succeeded', [host(), host({ succeeded: false, atTarget: false })], ENDS, 'pass'],
  ])('%s', (_, hosts, now, result) => {
    expect(soakResult(hosts, ENDS, now)).toBe(result);
  });
});

it('what remains is every host without the update, whatever its job says', () => {
  const hosts = [
    host(),
    host({ assetId: 'b', atTarget: false }),
    host({ assetId: 'c', atTarget: false, succeeded: false }),
  ];

  expect(remainingOf(hosts)).toEqual(['b', 'c']);
});
