import { describe, expect, it } from 'vitest';
import { toldAddress, toldQueryOf } from './told-address.ts';

describe('the address of who was told', () => {
  it.each([
    [
      { kind: 'critical', person: 'sam' },
      { kind: 'critical', person: 'sam' },
    ],
    [{ kind: 'loud', person: '' }, {}],
    [
      { since: '2026-11-01', until: '2026-11-01' },
      { from: '2026-11-01T00:00:00.000Z', until: '2026-11-02T00:00:00.000Z' },
    ],
    [{ since: '2026-02-31x', until: 'soon' }, {}],
    [{ about: 'CVE-2026-0001', pages: '3' }, { about: 'CVE-2026-0001' }],
  ])('%j asks for %j', (raw, query) => {
    expect(toldQueryOf(toldAddress(raw))).toEqual(query);
  });
});
