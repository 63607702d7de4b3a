import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { nextInstant } from './timeline.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const reason = (code: string, by: number | null) => ({
  reasons: [{ code, subject: 'x', sentence: '', clearableBy: [], by: by === null ? null : new Date(by).toISOString() }],
});

describe('the next instant of the story', () => {
  it.each([
    ['nothing is left', [], [], null],
    ['only the past is left', [NOW - 1], [], null],
    ['the nearest plan', [NOW + 9, NOW + 5], [], NOW + 5],
    ['the end of a soak', [NOW + 5 * HOUR_MS], [reason('soak-running', NOW + HOUR_MS)], NOW + HOUR_MS + 1_000],
    ['not the due time of a person', [], [reason('approval-missing', NOW + HOUR_MS)], NOW + HOUR_MS / 2],
    ['half an hour where nobody knows', [], [reason('soak-running', null)], NOW + HOUR_MS / 2],
  ] as const)('is %s', (_, planned, waited, expected) => {
    // The reasons of a case name the two fields that count.
    expect(nextInstant(NOW, planned, waited as Parameters<typeof nextInstant>[2])).toBe(expected);
  });
});
