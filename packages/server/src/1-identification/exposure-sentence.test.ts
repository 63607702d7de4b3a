import { expect, it } from 'vitest';
import { answerOf, releaseBody } from './exposure-sentence.ts';

const NONE = {
  ...{ affected: 0, underInvestigation: 0, idle: 0, fixed: 0, notAffected: 0, notInstalled: 0, notJudged: 0 },
};
const JUDGED = { vulnerability: 'CVE-2026-0001', isPackage: false, claims: 1, feeds: 1, assets: 3, counts: NONE };
const counted = (members: Partial<typeof NONE>) => ({ counts: { ...NONE, ...members } });

it.each([
  ['assets have it', { ...JUDGED, ...counted({ affected: 2 }) }, 'affected', '2 assets are affected by CVE-2026-0001.'],
  ['one has it', { ...JUDGED, ...counted({ affected: 1 }) }, 'affected', '1 asset is affected by CVE-2026-0001.'],
  [
    'one has it and one is not judged',
    { ...JUDGED, ...counted({ affected: 1, notJudged: 1 }) },
    'affected',
    '1 asset is affected by CVE-2026-0001. Not judged: 1 asset.',
  ],
  ['none has it', JUDGED, 'not-affected', 'None of the 3 judged assets is affected by CVE-2026-0001.'],
  [
    'none of those that were judged has it',
    { ...JUDGED, ...counted({ notJudged: 2 }) },
    'not-affected',
    'The one judged asset is not affected by CVE-2026-0001. Not judged: 2 assets.',
  ],
  [
    'some have it in headers alone',
    { ...JUDGED, ...counted({ idle: 2 }) },
    'not-affected',
    'None of the 3 judged assets is affected by CVE-2026-0001. In kernel packages that do not run: 2 assets.',
  ],
  [
    'the vendor still looks',
    { ...JUDGED, ...counted({ underInvestigation: 1 }) },
    'not-judged',
    'Not decided yet: 1 asset.',
  ],
  [
    'some have an old version of a package',
    { ...JUDGED, ...counted({ affected: 2 }), vulnerability: 'curl < 2', isPackage: true, claims: 0, feeds: 0 },
    'affected',
    '2 assets have curl < 2.',
  ],
  [
    'none has an old version of a package',
    { ...JUDGED, vulnerability: 'curl < 2', isPackage: true, claims: 0, feeds: 0 },
    'not-affected',
    'None of 3 assets has curl < 2.',
  ],
  [
    'no feed is loaded',
    { ...JUDGED, feeds: 0, claims: 0 },
    'not-judged',
    'Not judged: no feed of advisories is loaded.',
  ],
  [
    'no feed speaks of it',
    { ...JUDGED, claims: 0 },
    'not-judged',
    'Not judged: no advisory of the loaded feeds names CVE-2026-0001.',
  ],
  ['no asset is enrolled', { ...JUDGED, assets: 0 }, 'not-judged', 'Not judged: no asset is enrolled.'],
  [
    'no asset was judged',
    { ...JUDGED, ...counted({ notJudged: 3 }) },
    'not-judged',
    'Not judged: 3 assets, all there are.',
  ],
])('%s', (_, facts, answer, sentence) => {
  expect(answerOf(facts)).toEqual({ answer, sentence });
});

const RELEASE = { scope: 'debian:12', name: 'Debian 12', assets: 3 };
const NAMED = new Set(['debian:12']);

it.each([
  ['affected', { affected: 1 }, NAMED, 'affected', 'Affected: 1 asset.'],
  ['clean', {}, NAMED, 'not-affected', 'None of 3 assets is affected.'],
  ['under investigation', { underInvestigation: 3 }, NAMED, 'not-judged', 'Not decided yet: 3 assets.'],
  ['not covered', { notJudged: 3 }, NAMED, 'not-judged', 'Not judged: no loaded feed covers this release, or not yet.'],
  [
    ...(['not named', { notJudged: 3 }, new Set(['debian:11']), 'not-judged'] as const),
    'Not judged: no advisory for this release names CVE-2026-0001.',
  ],
] as const)('a release that is %s', (_, counts, claimed, answer, sentence) => {
  const release = { ...RELEASE, counts: { ...NONE, ...counts } };

  expect(releaseBody(release, 'CVE-2026-0001', claimed)).toMatchObject({ answer, sentence, assets: 3 });
});
