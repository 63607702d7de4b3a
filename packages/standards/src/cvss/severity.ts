import type { CvssVersion } from './metrics.ts';

export type CvssSeverity = 'none' | 'low' | 'medium' | 'high' | 'critical';

/** The qualitative scale. Version 2 has none of its own; the National Vulnerability Database rates in three steps. */
export function severityOf(version: CvssVersion, score: number): CvssSeverity {
  if (version === '2.0') return severityOf2(score);
  if (score === 0) return 'none';
  if (score < 4) return 'low';
  if (score < 7) return 'medium';
  return score < 9 ? 'high' : 'critical';
}

function severityOf2(score: number): CvssSeverity {
  if (score < 4) return 'low';
  return score < 7 ? 'medium' : 'high';
}
