import { expect, it } from 'vitest';
import { compared } from './compared.ts';

it('names what only one of two lists has, and counts what is known to differ', () => {
  const theirs = new Set(['CVE-1 curl', 'CVE-2 curl', 'CVE-3 curl']);
  const ours = new Set(['CVE-1 curl', 'CVE-4 curl']);

  expect(compared(theirs, ours, (pair) => pair.startsWith('CVE-2'))).toEqual({
    pairs: 3,
    unimportant: 1,
    unexplained: ['only debsecan: CVE-3 curl', 'only here: CVE-4 curl'],
  });
});

it('does not excuse a pair that only we list', () => {
  expect(compared(new Set(), new Set(['CVE-2 curl']), () => true).unexplained).toEqual(['only here: CVE-2 curl']);
});
