import { describe, expect, it } from 'vitest';
import { movesBetween, overlap, workSpan } from './packages-seen.ts';

describe('movesBetween', () => {
  it('names what is new, gone and another version, and nothing else', () => {
    const before = { a: { kept: '1', moved: '1', gone: '1' }, b: { kept: '1' } };
    const after = { a: { kept: '1', moved: '2', fresh: '1' }, b: { kept: '1' } };

    expect(movesBetween(before, after)).toEqual([
      { host: 'a', name: 'fresh', from: null, to: '1' },
      { host: 'a', name: 'gone', from: '1', to: null },
      { host: 'a', name: 'moved', from: '1', to: '2' },
    ]);
  });

  it('names every package of a host that is gone', () => {
    expect(movesBetween({ a: { one: '1' } }, {})).toEqual([{ host: 'a', name: 'one', from: '1', to: null }]);
  });
});

const LOG = `2026-11-22 20:00:00 startup packages configure
2026-11-22 20:00:01 status installed old:amd64 1
2026-11-22 20:05:00 startup archives unpack
2026-11-22 20:05:01 upgrade redis-server:amd64 1 2
2026-11-22 20:05:04 status installed redis-server:amd64 2
`;

describe('workSpan', () => {
  it('is from the first to the last line after the moment', () => {
    expect(workSpan(LOG, '2026-11-22 20:04:00')).toEqual({ from: '2026-11-22 20:05:00', until: '2026-11-22 20:05:04' });
  });

  it.each(['2026-11-22 20:05:04', '2026-11-23 00:00:00'])('is null where nothing was done after %s', (after) => {
    expect(workSpan(LOG, after)).toBeNull();
  });
});

describe('overlap', () => {
  const span = (from: string, until: string) => ({ from, until });

  it.each([
    ['one after the other', span('10', '11'), span('12', '13'), false],
    ['in the same second', span('10', '12'), span('12', '13'), true],
    ['one inside the other', span('10', '20'), span('12', '13'), true],
  ])('%s', (_, a, b, expected) => {
    expect(overlap(a, b)).toBe(expected);
    expect(overlap(b, a)).toBe(expected);
  });
});
