import { expect, test } from 'vitest';
import { sha256 } from '../hash.ts';
import { planPhrase } from './plan-phrase.ts';
import { WORDS } from './word-list.ts';

test('there are 2,048 different words, each of two open syllables that differ', () => {
  expect(new Set(WORDS).size).toBe(2_048);
  for (const word of WORDS) expect(word).toMatch(/^[bdfghjklmnprstvw]([aiou])[bdfghjklmnprstvw](?!\1)[aiou]$/);
});

test('the list never changes: phrases that people wrote down stay what they were', () => {
  expect(sha256(WORDS.join('\n'))).toBe('sha256:c15ad342785eab0f2a9d2bdcec9e50a4821df0972566297c181a403b246d352f');
  expect(planPhrase(sha256('a plan'))).toBe('pano wuha pupi nopa loja juba');
});

test('another plan has another phrase', () => {
  const phrases = Array.from({ length: 1_000 }, (_, index) => planPhrase(sha256(`plan ${index}`)));
  expect(new Set(phrases).size).toBe(1_000);
  expect(phrases.every((phrase) => phrase.split(' ').length === 6)).toBe(true);
});
