import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VERSION_ORDERS } from '../versions/index.ts';
import { claim } from './testing/samples.ts';
import { inclusionOf, nextFix, type RangeEvent, rangeContains, rangesOfEvents, reachedFix } from './version-range.ts';

const order = VERSION_ORDERS.deb;

describe('rangesOfEvents', () => {
  it.each<[string, RangeEvent[], string]>([
    ['up to a fix', [{ introduced: '0' }, { fixed: '2' }], '[..2)'],
    ['without a fix', [{ introduced: '0' }], '[..)'],
    ['up to the last affected', [{ introduced: '1' }, { last_affected: '2' }], '[1..2]'],
    [
      'several, in any order',
      [{ fixed: '4' }, { introduced: '3' }, { fixed: '2' }, { introduced: '1' }],
      '[1..2) [3..4)',
    ],
    ['0 sorts before every version', [{ fixed: '0~1' }, { introduced: '0' }], '[..0~1)'],
    ['introduced twice', [{ introduced: '1' }, { introduced: '2' }, { fixed: '3' }], '[1..3)'],
    ['a fix picked into a branch that was never affected', [{ fixed: '1' }, { introduced: '2' }], '[2..)'],
    ['introduced and fixed at once', [{ introduced: '1' }, { fixed: '1' }], '[1..1)'],
    ['a limit, which means nothing on a line', [{ introduced: '1' }, {}], '[1..)'],
    ['nothing introduced', [{ fixed: '1' }], ''],
    ['nothing', [], ''],
  ])('reads %s', (_, events, expected) => {
    const ranges = rangesOfEvents(events, order);

    const shown = ranges.map(
      ({ introduced, fixed, lastAffected }) =>
        `[${introduced ?? ''}..${fixed ?? lastAffected ?? ''}${lastAffected === null ? ')' : ']'}`,
    );
    expect(shown.join(' ')).toBe(expected);
  });

  const number = fc.integer({ min: 1, max: 9 }).map(String);
  const event = fc.oneof(
    number.map((introduced): RangeEvent => ({ introduced })),
    number.map((fixed): RangeEvent => ({ fixed })),
  );

  it('answers as the evaluation of OSV does, event by event', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), number, (events, version) => {
        const affected = rangesOfEvents(events, order).some((range) => rangeContains(range, version, order));

        expect(affected).toBe(isVulnerable(version, events));
      }),
    );
  });

  it('does not mind the order of the events', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), (events) => {
        expect(rangesOfEvents([...events].reverse(), order)).toEqual(rangesOfEvents(events, order));
      }),
    );
  });
});

/** // OSV evaluation, IncludedInRanges: the last event at or below the version decides; at one version a fix comes last. */
function isVulnerable(version: string, events: readonly RangeEvent[]): boolean {
  const sorted = events
    .map((turn) => ({ at: Number(turn.introduced ?? turn.fixed), opens: turn.introduced !== undefined }))
    .sort((a, b) => a.at - b.at || Number(b.opens) - Number(a.opens));
  return sorted.filter(({ at }) => at <= Number(version)).at(-1)?.opens ?? false;
}

describe('rangeContains', () => {
  it.each([
    [{ introduced: '2', fixed: '4', lastAffected: null }, '1', false],
    [{ introduced: '2', fixed: '4', lastAffected: null }, '2', true],
    [{ introduced: '2', fixed: '4', lastAffected: null }, '4~rc1', true],
    [{ introduced: '2', fixed: '4', lastAffected: null }, '4', false],
    [{ introduced: '2', fixed: null, lastAffected: '4' }, '4', true],
    [{ introduced: '2', fixed: null, lastAffected: '4' }, '4+1', false],
    [{ introduced: null, fixed: null, lastAffected: null }, '0~~', true],
    // Epochs: a missing one is 0, and it decides first.
    [{ introduced: null, fixed: '1:1.0', lastAffected: null }, '9.0', true],
    [{ introduced: null, fixed: '9.0', lastAffected: null }, '1:1.0', false],
  ])('%j %s: %s', (range, version, expected) => {
    expect(rangeContains(range, version, order)).toBe(expected);
  });
});

describe('inclusionOf', () => {
  it.each([
    ['a range', claim({ fixed: '2' }), '1', 'in-range'],
    ['above the range', claim({ fixed: '2' }), '2', 'outside'],
    ['listed', claim({ fixed: '2', versions: ['3-1'] }), '3-1', 'listed'],
    ['listed under another spelling', claim({ versions: ['0:3-1'] }), '3-1', 'listed'],
    ['not listed', claim({ versions: ['3-1'] }), '3-2', 'outside'],
    ['neither ranges nor versions', claim(), '3-1', 'every-version'],
  ])('%s', (_, said, version, kind) => {
    expect(inclusionOf(said, version, order).kind).toBe(kind);
  });
});

describe('reachedFix and nextFix', () => {
  const branches = claim({
    ranges: [
      { introduced: '1', fixed: '1.5', lastAffected: null },
      { introduced: '2', fixed: '2.5', lastAffected: null },
    ],
  });

  it.each([
    ['1.2', null, '1.5'],
    ['1.5', '1.5', '2.5'],
    ['2.1', '1.5', '2.5'],
    ['2.5', '2.5', null],
  ])('%s has reached %s and is next fixed in %s', (version, reached, next) => {
    expect(reachedFix(branches, version, order)).toBe(reached);
    expect(nextFix(branches, version, order)).toBe(next);
  });
});
