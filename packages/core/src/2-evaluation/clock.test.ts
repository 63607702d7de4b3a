import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import type { AssetFacts } from '../vocabulary/index.ts';
import { clockOf } from './clock.ts';
import type { FindingFacts } from './facts.ts';
import { asset, finding, NOW, shown } from './testing/samples.ts';

const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00Z`);

type Row = [
  name: string,
  finding: Partial<FindingFacts>,
  asset: Partial<AssetFacts>,
  released: string,
  start: string,
  reasons: string[],
];

const ROWS: Row[] = [
  ['a release with a time', {}, {}, '2026-07-14 08:00 advisory release', '2026-07-14 08:00', []],
  [
    'a release with a day',
    { advisoryAt: at('2026-07-14 00:00'), advisoryPrecision: 'day' },
    {},
    '2026-07-14 00:00 advisory release',
    '2026-07-14 00:00',
    ['released-without-time'],
  ],
  [
    'an index before the advisory',
    { indexAt: at('2026-07-13 22:10') },
    {},
    '2026-07-13 22:10 index release',
    '2026-07-13 22:10',
    [],
  ],
  [
    'an advisory before the index',
    { indexAt: at('2026-07-14 10:00') },
    {},
    '2026-07-14 08:00 advisory release',
    '2026-07-14 08:00',
    [],
  ],
  [
    'the index of the day that the advisory names',
    { advisoryAt: at('2026-07-14 00:00'), advisoryPrecision: 'day', indexAt: at('2026-07-14 07:00') },
    {},
    '2026-07-14 00:00 advisory release',
    '2026-07-14 00:00',
    ['released-without-time'],
  ],
  [
    'an index alone',
    { advisoryAt: null, indexAt: at('2026-07-14 07:00') },
    {},
    '2026-07-14 07:00 index release',
    '2026-07-14 07:00',
    [],
  ],
  [
    'our own delay of a day is no backlog',
    { advisorySeen: at('2026-07-15 08:00') },
    {},
    '2026-07-14 08:00 advisory release',
    '2026-07-14 08:00',
    [],
  ],
  [
    'an advisory older than that when first seen is backlog',
    { advisoryAt: at('2026-07-01 08:00'), advisorySeen: at('2026-07-14 09:00') },
    {},
    '2026-07-01 08:00 advisory backlog',
    '2026-07-14 09:00',
    ['backlog'],
  ],
  [
    'an asset newer than the release is backlog',
    {},
    { firstSeen: at('2026-07-14 20:00') },
    '2026-07-14 08:00 advisory backlog',
    '2026-07-14 20:00',
    ['backlog'],
  ],
  [
    'of both, the later first sight counts',
    { advisoryAt: at('2026-07-01 08:00'), advisorySeen: at('2026-07-12 09:00') },
    { firstSeen: at('2026-07-10 20:00') },
    '2026-07-01 08:00 advisory backlog',
    '2026-07-12 09:00',
    ['backlog'],
  ],
  [
    'no date at all',
    { advisoryAt: null },
    {},
    '2026-07-14 09:00 first-seen release',
    '2026-07-14 09:00',
    ['release-date-unknown'],
  ],
  [
    'a date that has not come yet',
    { advisoryAt: at('2030-01-01 00:00') },
    {},
    '2026-07-14 09:00 first-seen release',
    '2026-07-14 09:00',
    ['released-in-future'],
  ],
  [
    'a date that has not come yet beside one that has',
    { advisoryAt: at('2030-01-01 00:00'), indexAt: at('2026-07-14 07:00') },
    {},
    '2026-07-14 07:00 index release',
    '2026-07-14 07:00',
    ['released-in-future'],
  ],
  [
    'tomorrow, which it is already somewhere',
    { advisoryAt: at('2026-07-16 00:00'), advisoryPrecision: 'day' },
    {},
    '2026-07-16 00:00 advisory release',
    '2026-07-16 00:00',
    ['released-without-time'],
  ],
  [
    'no fix, whatever the date of the warning',
    { fixed: null },
    {},
    '2026-07-14 09:00 first-seen release',
    '2026-07-14 09:00',
    [],
  ],
];

describe('clockOf', () => {
  it.each(ROWS)('%s', (_, members, assetMembers, released, start, reasons) => {
    const clock = clockOf(finding(members), asset(assetMembers), DEFAULT_POLICY, NOW);

    expect(`${shown(clock.releasedAt)} ${clock.releasedFrom} ${clock.kind}`).toBe(released);
    expect(shown(clock.start)).toBe(start);
    expect(clock.reasons).toEqual(reasons);
    expect(clock.releasedPrecision).toBe(reasons.includes('released-without-time') ? 'day' : 'time');
  });

  it('first sight is of the asset and the advisory both', () => {
    const early = clockOf(finding(), asset(), DEFAULT_POLICY, NOW);
    const late = clockOf(finding(), asset({ firstSeen: at('2026-07-15 01:00') }), DEFAULT_POLICY, NOW);

    expect([shown(early.firstSeen), shown(late.firstSeen)]).toEqual(['2026-07-14 09:00', '2026-07-15 01:00']);
  });
});
