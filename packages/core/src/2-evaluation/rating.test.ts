import { expect, it } from 'vitest';
import { ratingOf } from './rating.ts';
import { written } from './testing/ratings.ts';

const NINE = { scale: 'cvss-3.1', score: 9.8, level: 'critical' } as const;
const weigh = (vector: string) => (vector === 'broken' ? null : NINE);

it.each([
  ['as stated', { stated: { score: 9.8, level: 'CRITICAL' } }, { score: 9.8, level: 'critical', problem: null }],
  ['without a statement', {}, { score: 9.8, level: 'critical', problem: null }],
  ['of another score', { stated: { score: 9.1, level: 'CRITICAL' } }, { score: 9.8, problem: 'score-differs' }],
  ['of another word', { stated: { score: 9.8, level: 'HIGH' } }, { level: 'critical', problem: 'level-differs' }],
  [
    'of a word that says nothing',
    { stated: { score: null, level: 'untriaged' } },
    { level: 'critical', problem: null },
  ],
  [
    'of a vector that is none',
    { vector: 'broken', stated: { score: 7.5, level: 'HIGH' } },
    { score: 7.5, level: 'high', problem: 'vector-unreadable' },
  ],
  [
    'of a word alone',
    { scale: 'words', vector: null, stated: { score: null, level: 'Important' } },
    { scale: 'words', score: null, level: 'high', problem: null },
  ],
  [
    'of a score alone',
    { vector: null, stated: { score: 4.2, level: null } },
    { score: 4.2, level: 'unknown', problem: null },
  ],
] as const)('a rating %s', (_, members, expected) => {
  expect(ratingOf(written(members), weigh)).toMatchObject(expected);
});

it('keeps what was stated, and says in which scale the vector is', () => {
  const stated = { score: 5, level: 'LOW' };

  expect(ratingOf(written({ scale: 'cvss-2.0', stated }), weigh)).toMatchObject({ scale: 'cvss-3.1', stated });
});
