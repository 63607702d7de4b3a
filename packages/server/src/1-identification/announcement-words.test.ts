import { expect, it } from 'vitest';
import { cvesIn, namesIn } from './announcement-words.ts';

it('products are named by words in a row, wherever they stand', () => {
  const { products } = namesIn('Fixes', 'for SCALANCE X200-4P IRT and others');

  expect(products).toContain('scalance-x200-4p-irt');
  expect(products).not.toContain('scalance-irt');
});

it('packages are named by the title alone, and never by two letters', () => {
  expect(namesIn('New release of curl, R and @acme/lib.', 'openssl').packages).toEqual([
    ...['new', 'release', 'of', 'curl', 'and', '@acme/lib'].filter((word) => word.length > 2),
  ]);
});

it.each([
  ['each once, in its order', 'cve-2026-0002, CVE-2026-0001 and CVE-2026-0002', ['CVE-2026-0002', 'CVE-2026-0001']],
  ['none', 'CVE-26-1 CVE-2026 XCVE-2026-0001', []],
])('CVE ids are read out of a text: %s', (_, text, expected) => {
  expect(cvesIn(text)).toEqual(expected);
});
