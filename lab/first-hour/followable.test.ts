import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CLONE, GUIDE } from './clone.ts';
import { type Block, readGuide } from './guide.ts';
import { placeholdersOf } from './words.ts';

const guide = readFileSync(GUIDE, 'utf8');
const blocks = readGuide(guide);

/** The words of the table at the beginning, which the reader brings. */
function broughtWords(): string[] {
  const rows = guide.split('\n').filter((line) => line.startsWith('| `<'));
  return rows.flatMap((row) => placeholdersOf(row.split('|')[1] ?? ''));
}

function wordsOf({ text, types, sees }: Block): string[] {
  return placeholdersOf([text, ...types, ...sees.map((one) => one.text)].join('\n'));
}

it('every word that the reader puts something in place of is in the table, or was seen before', () => {
  const known = new Set(broughtWords());
  const unknown: string[] = [];
  for (const block of blocks) {
    const typed = placeholdersOf([block.text, ...block.types].join('\n'));
    unknown.push(...typed.filter((word) => !known.has(word)).map((word) => `line ${block.line}: <${word}>`));
    for (const { text } of block.sees) for (const word of placeholdersOf(text)) known.add(word);
  }
  expect(unknown).toEqual([]);
});

it('whatever is in the table is used', () => {
  const used = new Set(blocks.flatMap(wordsOf));
  expect(broughtWords().filter((word) => !used.has(word))).toEqual([]);
});

it('is linked from the first page', () => {
  expect(readFileSync(join(CLONE, 'README.md'), 'utf8')).toContain('docs/guides/first-hour.md');
});
