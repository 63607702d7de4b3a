import type { WindowBody } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { isWindow, USUAL_WINDOW, type WindowDraft, windowBody, windowDraft, windowWords } from './window-draft.ts';

const TIMED = { start: '22:00', durationMs: 10_800_000 };

describe('a window', () => {
  it.each<[WindowBody, string]>([
    [{ kind: 'weekly', weekday: 'sun', ...TIMED }, 'Sunday 22:00 · 3 h'],
    [{ kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 0, ...TIMED }, 'Second Tuesday of the month 22:00 · 3 h'],
    [
      { kind: 'monthly', nth: 2, weekday: 'tue', offsetDays: 5, ...TIMED },
      'Second Tuesday of the month, 5 days later 22:00 · 3 h',
    ],
    [
      { kind: 'monthly', nth: 'last', weekday: 'fri', offsetDays: -1, ...TIMED },
      'Last Friday of the month, 1 day earlier 22:00 · 3 h',
    ],
    [{ kind: 'once', date: '2026-12-27', ...TIMED }, '27 Dec 2026 22:00 · 3 h'],
  ])('%j is said, and is the same after its form', (window, said) => {
    expect(windowWords(window)).toBe(said);
    expect(windowBody(windowDraft(window))).toEqual(window);
    expect(isWindow(windowDraft(window))).toBe(true);
  });
});

describe('what is typed', () => {
  it.each<[Partial<WindowDraft>, boolean]>([
    [{}, true],
    [{ hours: '0' }, false],
    [{ hours: '169' }, false],
    [{ hours: 'four' }, false],
    [{ hours: '0.5' }, true],
    [{ start: '' }, false],
    [{ kind: 'monthly', offsetDays: '28' }, false],
    [{ kind: 'monthly', offsetDays: '-27' }, true],
    [{ kind: 'monthly', offsetDays: '1.5' }, false],
    [{ kind: 'monthly', offsetDays: '' }, false],
    [{ kind: 'weekly', offsetDays: '' }, true],
    [{ kind: 'once' }, false],
    [{ kind: 'once', date: '2026-12-27' }, true],
  ])('%j is a window: %s', (more, good) => {
    expect(isWindow({ ...USUAL_WINDOW, ...more })).toBe(good);
  });
});
