import { DEFAULT_POLICY, type Policy, RATING_VOICES } from '@patchsteward/core/policy';
import { describe, expect, it } from 'vitest';
import { clausesOf } from './clauses.ts';
import { spanWords } from './span-words.ts';

const text = (policy: Policy): string => JSON.stringify(clausesOf(policy));
const BEFORE = text(DEFAULT_POLICY);

const VOICES: readonly string[] = RATING_VOICES;

/** What stands in place of a figure, of its own kind, and nowhere in the procedure. */
function another(figure: unknown, path: string): unknown {
  if (typeof figure === 'number') return path.endsWith('Ms') ? figure + 61_000 : figure + 0.13;
  if (typeof figure === 'boolean') return !figure;
  const choices = [
    ['due', 'compiled'],
    ['L', 'M', 'H', 'VH'],
    ['S', 'C', 'O'],
    ['routine', 'critical', 'emergency', 'mitigation'],
    ['it', 'owner', 'change', 'security', 'admin', 'auditor'],
    VOICES,
  ].find((each) => each.includes(String(figure)));
  return choices?.find((choice) => choice !== figure);
}

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]));
}

function changed(value: unknown, [name, ...rest]: readonly string[], path: string): unknown {
  if (name === undefined) return another(value, path);
  if (Array.isArray(value))
    return value.map((member, at) => (String(at) === name ? changed(member, rest, path) : member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === name ? changed(member, rest, path) : member]),
  );
}

describe('every figure of the policy is in its text', () => {
  // The version is shown above the clauses.
  const figures = pathsOf(DEFAULT_POLICY).filter(([first]) => first !== 'version');

  it.each(figures.map((path) => [path.join('.'), path] as const))('%s', (name, path) => {
    const policy = changed(DEFAULT_POLICY, path, name) as Policy; // One figure differs, in its own kind.
    expect(text(policy)).not.toBe(BEFORE);
  });
});

it('has the sentences of the procedure', () => {
  for (const sentence of [
    'within 30 days of their release',
    'CVSS base score of 9 or more',
    'within 48 hours of their release',
    'within 24 hours on assets that can be reached from outside',
    'Change Management, and Security or Owner; one of the signatures on the command line',
    '2 of: Security or Change Management or Owner',
    '2 failures or 2 % of the attempts, whichever is more; or 2 alike',
    '25 %',
  ]) {
    expect(BEFORE).toContain(sentence);
  }
});

it.each([
  [0, 'none'],
  [1_000, '1 second'],
  [90_000, '90 seconds'],
  [60_000, '1 minute'],
  [3_600_000, '1 hour'],
  [48 * 3_600_000, '48 hours'],
  [72 * 3_600_000, '72 hours'],
  [7 * 86_400_000, '7 days'],
  [1_500, '1.5 seconds'],
])('%i ms are %s', (ms, words) => {
  expect(spanWords(ms)).toBe(words);
});
