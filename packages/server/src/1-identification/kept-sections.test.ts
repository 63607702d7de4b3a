import type { Origins } from '@patchsteward/core/vocabulary';
import { expect, it } from 'vitest';
import { keepSection, keptSection } from './kept-sections.ts';

const section = (): Origins => ({ origins: [] });
const bytes = 10;
const keep = (hash: string, one = section()) => keepSection('origins', { hash, bytes }, one);

it('gives a section by its name and its hash', () => {
  const one = section();
  keep('one', one);

  expect(keptSection('origins', 'one')).toBe(one);
  expect(keptSection('updates', 'one')).toBeUndefined();
  expect(keptSection('origins', 'other')).toBeUndefined();
});

it('forgets what nobody asked for the longest', () => {
  keep('asked');
  keep('forgotten');
  for (let at = 0; at < 31; at += 1) {
    expect(keptSection('origins', 'asked')).toBeDefined();
    keep(`later ${at}`);
  }

  expect(keptSection('origins', 'asked')).toBeDefined();
  expect(keptSection('origins', 'forgotten')).toBeUndefined();
});

it('keeps nothing that is large', () => {
  keepSection('origins', { hash: 'large', bytes: 512 * 1024 + 1 }, section());

  expect(keptSection('origins', 'large')).toBeUndefined();
});
