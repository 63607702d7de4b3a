import { expect, it } from 'vitest';
import { sourceText } from './source-text.ts';

const SHA = `sha256:${'ab'.repeat(32)}`;

it.each([
  [{ of: 'document', checkedBy: 'signature', signedBy: ['8F5F', '77A1'] }, 'a document, signed by 8F5F and 77A1'],
  [{ of: 'document', checkedBy: 'hash', signedBy: [] }, 'a document, as the hash beside it says'],
  [{ of: 'document', checkedBy: 'nothing', signedBy: [] }, 'a document, checked by nothing'],
  [{ of: 'file', checkedBy: 'nothing', signedBy: [] }, 'a file of many records, checked by nothing'],
] as const)('%j: %s', (source, text) => {
  expect(sourceText({ sha256: SHA, ...source, signedBy: [...source.signedBy] })).toBe(`read from ${text}; ${SHA}`);
});
