import { expect, test } from 'vitest';
import { parseToken } from './enrollment-token.ts';

const SECRET = 'AbC-_123456789012345';
const FINGERPRINT = '0a'.repeat(32);

test.each([`ps1.${SECRET}.${FINGERPRINT}`, `  ps1.${SECRET}.${FINGERPRINT}\n`])('%j is a token', (text) => {
  expect(parseToken(text)).toEqual({ secret: SECRET, caFingerprint: FINGERPRINT });
});

test.each([
  ['nothing', ''],
  ['another version', `ps2.${SECRET}.${FINGERPRINT}`],
  ['a cut fingerprint', `ps1.${SECRET}.${FINGERPRINT.slice(1)}`],
  ['a fingerprint in capitals', `ps1.${SECRET}.${FINGERPRINT.toUpperCase()}`],
  ['no fingerprint', `ps1.${SECRET}`],
  ['a short secret', `ps1.abc.${FINGERPRINT}`],
  ['a secret of other characters', `ps1.${SECRET}+/.${FINGERPRINT}`],
  ['something after it', `ps1.${SECRET}.${FINGERPRINT}.x`],
])('%s is none', (_, text) => {
  expect(parseToken(text)).toBeNull();
});
