import { expect, it } from 'vitest';
import { DAY_MS } from '../vocabulary/index.ts';
import { standingAnswer, withAnswers } from './risk-cover.ts';
import { answer } from './testing/responses.ts';
import { finding, NOW } from './testing/samples.ts';

const CURL = finding({ source: 'curl' });

it.each([
  ['its vulnerability', { vulnerability: 'CVE-2026-0001', source: null }, true],
  ['its package', { vulnerability: null, source: 'curl' }, true],
  ['both', { vulnerability: 'CVE-2026-0001', source: 'curl' }, true],
  ['the whole asset', { vulnerability: null, source: null }, true],
  ['another vulnerability', { vulnerability: 'CVE-2026-0002', source: null }, false],
  ['another package', { vulnerability: null, source: 'wget' }, false],
  ['its vulnerability in another package', { vulnerability: 'CVE-2026-0001', source: 'wget' }, false],
] as const)('a response that speaks of %s', (_, cover, covered) => {
  const { answers } = withAnswers(CURL, { covers: [{ ...cover, answer: answer() }], fallen: [] });
  expect(answers ?? []).toEqual(covered ? [answer()] : []);
});

it('one response is one answer, by however many of its lines', () => {
  const line = { source: null, answer: answer() };
  const covers = [
    { ...line, vulnerability: null },
    { ...line, vulnerability: 'CVE-2026-0001' },
  ];
  expect(withAnswers(CURL, { covers, fallen: [] }).answers).toEqual([answer()]);
});

it('what fell out of a response is out of it, and other findings are not', () => {
  const fallen = [{ response: 'r1', vulnerability: 'CVE-2026-0001', source: 'curl', at: NOW + 5 }];
  const covers = [{ vulnerability: null, source: null, answer: answer() }];
  expect(withAnswers(CURL, { covers, fallen }).answers).toMatchObject([{ endedAt: NOW + 5 }]);
  expect(withAnswers(finding({ source: 'wget' }), { covers, fallen }).answers).toMatchObject([{ endedAt: null }]);
  const before = [{ vulnerability: null, source: null, answer: answer({ endedAt: NOW + 1 }) }];
  expect(withAnswers(CURL, { covers: before, fallen }).answers).toMatchObject([{ endedAt: NOW + 1 }]);
});

it('a finding of which nobody said anything stays the same value', () => {
  expect(withAnswers(CURL, { covers: [], fallen: [] })).toBe(CURL);
});

const UNTIL = NOW + 10 * DAY_MS;
it.each([
  ['at its first moment', {}, NOW, true],
  ['until its day', {}, UNTIL - 1, true],
  ['not on its day', {}, UNTIL, false],
  ['not before it stands', {}, NOW - 1, false],
  ['not once it was revoked', { endedAt: NOW + 1 }, NOW + 2, false],
  ['not by another lane or due time', { kind: 'override', lane: 'routine' }, NOW, false],
] as const)('somebody answers for a finding %s', (_, members, now, stands) => {
  const one = answer(members);
  const covers = [{ vulnerability: 'CVE-2026-0001', source: null, answer: one }];
  expect(standingAnswer(CURL, { covers, fallen: [] }, now)).toEqual(stands ? one : null);
});

it('of several who answer for a finding, the one who does for longest counts, and none of what fell out', () => {
  const longer = answer({ response: 'r2', until: UNTIL + DAY_MS });
  const covers = [answer(), longer].map((one) => ({ vulnerability: null, source: 'curl', answer: one }));
  const fallen = [{ response: 'r2', vulnerability: 'CVE-2026-0001', source: 'curl', at: NOW }];
  expect(standingAnswer(CURL, { covers, fallen: [] }, NOW)).toEqual(longer);
  expect(standingAnswer(CURL, { covers, fallen }, NOW)).toEqual(answer());
});
