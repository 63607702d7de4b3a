import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../vocabulary/index.ts';
import { type Freeze, frozenSpans } from './freeze.ts';
import type { ZoneTable } from './zone-clock.ts';

/** Forward on 29 March at 01:00 UTC, back on 25 October at 01:00 UTC. */
const BERLIN: ZoneTable = {
  zone: 'Europe/Berlin',
  tzdata: 'by hand',
  segments: [
    { from: Date.parse('2025-10-26T01:00Z'), offsetMs: HOUR_MS },
    { from: Date.parse('2026-03-29T01:00Z'), offsetMs: 2 * HOUR_MS },
    { from: Date.parse('2026-10-25T01:00Z'), offsetMs: HOUR_MS },
  ],
};

function shown(freeze: Freeze): string[] {
  return frozenSpans([freeze], BERLIN).flatMap(({ from, until }) =>
    [from, until].map((at) => new Date(at).toISOString().slice(0, 16)),
  );
}

describe('a freeze', () => {
  it.each([
    ['days', '2026-12-20T00:00', '2027-01-03T00:00', '2026-12-19T23:00', '2027-01-02T23:00'],
    [
      'that begins in the hour that is skipped',
      '2026-03-29T02:30',
      '2026-03-29T12:00',
      '2026-03-29T00:30',
      '2026-03-29T10:00',
    ],
    [
      'that ends in the hour that is skipped',
      '2026-03-28T12:00',
      '2026-03-29T02:30',
      '2026-03-28T11:00',
      '2026-03-29T01:30',
    ],
    [
      'that begins in the hour that comes twice',
      '2026-10-25T02:30',
      '2026-10-25T12:00',
      '2026-10-25T00:30',
      '2026-10-25T11:00',
    ],
    [
      'that ends in the hour that comes twice',
      '2026-10-24T12:00',
      '2026-10-25T02:30',
      '2026-10-24T10:00',
      '2026-10-25T01:30',
    ],
  ])('%s', (_, from, until, begins, ends) => {
    expect(shown({ kind: 'local', from, until })).toEqual([begins, ends]);
  });

  it('in instants is the same everywhere', () => {
    const from = Date.parse('2026-03-29T01:30Z');

    expect(frozenSpans([{ kind: 'instants', from, until: from + HOUR_MS }], BERLIN)).toEqual([
      { from, until: from + HOUR_MS },
    ]);
  });

  it.each(['2026-02-30T00:00', '2026-03-01', '2026-03-01T24:00', 'tomorrow'])('at %s is refused', (from) => {
    expect(() => frozenSpans([{ kind: 'local', from, until: '2026-12-31T00:00' }], BERLIN)).toThrow(RangeError);
  });

  it('needs to know its zone', () => {
    const empty = { ...BERLIN, segments: [] };

    expect(() => frozenSpans([{ kind: 'local', from: '2026-01-01T00:00', until: '2026-01-02T00:00' }], empty)).toThrow(
      'the table of the zone is empty',
    );
  });
});
