import { expect, it } from 'vitest';
import { withAnswers } from './risk-cover.ts';
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
