import type { Severity } from '../policy/index.ts';

type Level = Exclude<Severity, 'unknown'>;

/**
 * The words of vendors on the scale of CVSS. Red Hat and its rebuilds say moderate and important; Ubuntu calls
 * negligible what is a weakness all the same; Debian calls unimportant what is none in its packages.
 * // Red Hat severity ratings, Ubuntu priorities, Debian security tracker
 */
const LEVELS: Readonly<Record<string, Level>> = {
  none: 'none',
  unimportant: 'none',
  negligible: 'low',
  low: 'low',
  minor: 'low',
  medium: 'medium',
  moderate: 'medium',
  high: 'high',
  important: 'high',
  critical: 'critical',
};

/** null: the word says nothing of how severe it is, as `untriaged` or `not yet assigned`. */
export function levelOfWord(word: string): Level | null {
  const plain = word.trim().toLowerCase();
  return Object.hasOwn(LEVELS, plain) ? (LEVELS[plain] ?? null) : null;
}
