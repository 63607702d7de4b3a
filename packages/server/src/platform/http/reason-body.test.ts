import { reasonOf, sentenceOf } from '@patchsteward/core/vocabulary';
import { expect, test } from 'vitest';
import { reasonBody } from './reason-body.ts';

test('a reason leaves with its sentence', () => {
  const reason = reasonOf('report-stale', 'db-1');

  expect(reasonBody(reason)).toEqual({
    code: 'report-stale',
    subject: 'db-1',
    clearableBy: ['it'],
    by: null,
    sentence: sentenceOf(reason),
  });
});

test('and with its time as RFC 3339', () => {
  const by = Date.parse('2026-11-22T10:00:00.250Z');

  expect(reasonBody(reasonOf('due-passed', 'CVE-2026-0001', by)).by).toBe('2026-11-22T10:00:00.250Z');
});
