import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, RATING_VOICES } from '../policy/index.ts';
import { believedSeverity, placedRatings, raterName } from './believed.ts';
import { RATING_SCALES } from './rating.ts';
import { rating } from './testing/ratings.ts';

const DEBIAN = rating({ voice: 'vendor', source: 'debian', distribution: 'debian', scale: 'words', score: null });
const UBUNTU = rating({ voice: 'vendor', source: 'ubuntu', distribution: 'ubuntu', scale: 'words', score: null });
const CNA = rating({ voice: 'cna', source: 'redhat' });
const ADP = rating({ voice: 'adp', source: 'CISA-ADP', score: 9.8, level: 'critical' });
const NVD = rating({ voice: 'nvd', source: 'NVD', score: 9.9, level: 'critical' });
const SILENT = rating({ voice: 'cna', source: 'mute', score: null, level: 'unknown' });

const placed = (distribution: string | null, ...ratings: (typeof CNA)[]) =>
  placedRatings(ratings, distribution, DEFAULT_POLICY).map((one) => `${one.rating.source} ${one.place}`);

describe('who is believed', () => {
  it('is first the vendor of the distribution, then the CNA, the ADP, NVD; other vendors come last', () => {
    expect(placed('debian', UBUNTU, NVD, SILENT, ADP, CNA, DEBIAN)).toEqual([
      'debian believed',
      'redhat voice-comes-later',
      'CISA-ADP voice-comes-later',
      'NVD voice-comes-later',
      'ubuntu voice-comes-later',
      'mute says-nothing',
    ]);
    expect(placed('ubuntu', DEBIAN, UBUNTU, CNA)[0]).toBe('ubuntu believed');
    expect(placed(null, DEBIAN, CNA)[0]).toBe('redhat believed');
    expect(placed('alpine', DEBIAN)).toEqual(['debian believed']);
  });

  it.each([
    ['the newer scale', { scale: 'cvss-4.0', score: 2 }, { scale: 'cvss-3.1', score: 9 }, 'older-scale'],
    ['the more severe', { score: 7.1 }, { score: 7 }, 'less-severe'],
    [
      'the more severe word',
      { scale: 'words', score: null, level: 'high' },
      { scale: 'words', score: null, level: 'low' },
      'less-severe',
    ],
    ['the newer', { at: 2 }, { at: 1 }, 'older'],
  ] as const)('of one voice is %s', (_, more, less, because) => {
    const [first, second] = [rating({ ...more, source: 'first' }), rating({ ...less, source: 'second' })];

    expect(placed(null, second, first)).toEqual(['first believed', `second ${because}`]);
  });

  it('says that two say the same', () => {
    expect(placed(null, rating({ source: 'one' }), rating({ source: 'two' }))).toEqual([
      'one believed',
      'two said-before',
    ]);
  });

  it('is the policy’s to say: who is left out is not believed', () => {
    const policy = { severity: { voices: ['nvd'] as const } };

    expect(placedRatings([CNA, NVD], null, policy).map(({ place }) => place)).toEqual([
      'believed',
      'voice-not-believed',
    ]);
    const nobody = { severity: 'unknown', from: null, cvss: null };
    expect(believedSeverity([CNA], null, policy)).toEqual(nobody);
    expect(believedSeverity([SILENT], null, DEFAULT_POLICY)).toEqual(nobody);
  });

  it('does not hang on the order in which sources were read, and leaves nobody out', () => {
    const any = fc.record({
      voice: fc.constantFrom(...RATING_VOICES.filter((voice) => voice !== 'other-vendor')),
      source: fc.constantFrom('a', 'b', 'c'),
      distribution: fc.constantFrom(null, 'debian', 'ubuntu'),
      scale: fc.constantFrom(...RATING_SCALES),
      score: fc.constantFrom(null, 3, 7, 9.8),
      level: fc.constantFrom('unknown' as const, 'low' as const, 'critical' as const),
      at: fc.constantFrom(null, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), fc.constantFrom(null, 'debian'), (members, distribution) => {
        const ratings = members.map(rating);
        const forth = placedRatings(ratings, distribution, DEFAULT_POLICY);
        const back = placedRatings(ratings.toReversed(), distribution, DEFAULT_POLICY);

        expect(forth).toHaveLength(ratings.length);
        expect(forth.filter(({ place }) => place === 'believed').length).toBeLessThanOrEqual(1);
        expect([back[0]?.rating.score, back[0]?.rating.level]).toEqual([
          forth[0]?.rating.score,
          forth[0]?.rating.level,
        ]);
      }),
    );
  });
});

it('severity and score are of one source, by its name', () => {
  const vendor = { ...UBUNTU, level: 'low' as const };

  expect(believedSeverity([NVD, vendor], 'ubuntu', DEFAULT_POLICY)).toEqual({
    ...{ severity: 'low', from: 'ubuntu', cvss: null },
  });
  expect(believedSeverity([NVD, vendor], 'debian', DEFAULT_POLICY)).toEqual({
    ...{ severity: 'critical', from: 'NVD', cvss: 9.9 },
  });
});

it.each([
  ['cna', 'redhat', 'redhat (CNA)'],
  ['adp', 'CISA-ADP', 'CISA-ADP (ADP)'],
  ['nvd', 'NVD', 'NVD'],
  ['vendor', 'debian', 'debian'],
] as const)('%s %s is called %s', (voice, source, name) => {
  expect(raterName({ voice, source })).toBe(name);
});
