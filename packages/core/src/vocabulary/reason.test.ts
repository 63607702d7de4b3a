import { expect, test } from 'vitest';
import { REASONS, type ReasonCode, ROLES, reasonOf } from './reason.ts';

const CODES = Object.keys(REASONS) as ReasonCode[];

test.each(CODES)('%s is kebab-case and somebody can clear it', (code) => {
  const reason = reasonOf(code, 'CVE-2026-0001');

  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(reason).toEqual({ code, subject: 'CVE-2026-0001', clearableBy: REASONS[code] });
  expect(reason.clearableBy.length).toBeGreaterThan(0);
  expect([...ROLES, 'system']).toEqual(expect.arrayContaining([...reason.clearableBy]));
});

test('a reason names its term only where there is one', () => {
  expect(reasonOf('fix-held', 'curl')).not.toHaveProperty('by');
  expect(reasonOf('fix-held', 'curl', 0)).toHaveProperty('by', 0);
});
