import { expect, test } from 'vitest';
import { REASONS, type ReasonCode, reasonOf } from './reason.ts';
import { sentenceOf } from './reason-sentence.ts';

// These speak of the whole installation or of the asset in view, so a subject would only repeat it.
const WITHOUT_SUBJECT: readonly ReasonCode[] = ['exposure-unknown', 'no-trust-root'];

test.each(Object.keys(REASONS) as ReasonCode[])('%s is one whole sentence about its subject', (code) => {
  const sentence = sentenceOf(reasonOf(code, 'CVE-2026-0001'));

  expect(sentence).toMatch(/^[A-Z].*\.$/);
  expect(sentence.includes('CVE-2026-0001')).toBe(!WITHOUT_SUBJECT.includes(code));
});
