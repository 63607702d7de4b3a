import { expect, it } from 'vitest';
import { answerOf } from './exposure.ts';

const JUDGED = { vulnerability: 'CVE-2026-0001', exposed: 0, claims: 1, feeds: 1, counts: { assets: 3, notJudged: 0 } };

it.each([
  ['assets have it', { ...JUDGED, exposed: 2 }, 'affected', '2 assets are affected by CVE-2026-0001.'],
  ['one has it', { ...JUDGED, exposed: 1 }, 'affected', '1 asset is affected by CVE-2026-0001.'],
  [
    'one has it and one is not judged',
    { ...JUDGED, exposed: 1, counts: { assets: 3, notJudged: 1 } },
    'affected',
    '1 asset is affected by CVE-2026-0001. Not judged: 1 asset.',
  ],
  ['none has it', JUDGED, 'not-affected', 'None of the 3 judged assets is affected by CVE-2026-0001.'],
  [
    'none of those that were judged has it',
    { ...JUDGED, counts: { assets: 3, notJudged: 2 } },
    'not-affected',
    'The one judged asset is not affected by CVE-2026-0001. Not judged: 2 assets.',
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
  [
    'no asset is enrolled',
    { ...JUDGED, counts: { assets: 0, notJudged: 0 } },
    'not-judged',
    'Not judged: no asset is enrolled.',
  ],
  [
    'no asset was judged',
    { ...JUDGED, counts: { assets: 3, notJudged: 3 } },
    'not-judged',
    'Not judged: 3 assets, all there are.',
  ],
])('%s', (_, facts, answer, sentence) => {
  expect(answerOf(facts)).toEqual({ answer, sentence });
});
