import { describe, expect, it } from 'vitest';
import type { CvssVersion } from './metrics.ts';
import { severityOf } from './severity.ts';

describe('severityOf', () => {
  it.each([
    ['3.1', 0, 'none'],
    ['3.1', 0.1, 'low'],
    ['3.0', 3.9, 'low'],
    ['3.1', 4, 'medium'],
    ['4.0', 6.9, 'medium'],
    ['4.0', 7, 'high'],
    ['3.1', 8.9, 'high'],
    ['3.1', 9, 'critical'],
    ['4.0', 10, 'critical'],
    ['2.0', 0, 'low'],
    ['2.0', 3.9, 'low'],
    ['2.0', 4, 'medium'],
    ['2.0', 7, 'high'],
    ['2.0', 10, 'high'],
  ] satisfies [CvssVersion, number, string][])('of %s %d is %s', (version, score, severity) => {
    expect(severityOf(version, score)).toBe(severity);
  });
});
