import type { Severity } from '../policy/index.ts';
import type { Instant } from '../vocabulary/index.ts';
import type { VulnerabilityFacts } from './facts.ts';

/** The word of a person of Security on how severe a vulnerability is. */
export interface SaidSeverity {
  readonly severity: Exclude<Severity, 'unknown'>;
  /** The name of the person. */
  readonly by: string;
  readonly why: string;
  readonly at: Instant;
}

/**
 * What is known of a vulnerability once Security has spoken. The word stands until it is withdrawn, whatever sources say
 * before or after: neither their severity nor their score makes it more or less urgent meanwhile. That it is exploited
 * is no opinion, and stays. // decided 19c
 */
export function withSaid(sourced: VulnerabilityFacts, said: SaidSeverity | null): VulnerabilityFacts {
  if (said === null) return sourced;
  return { ...sourced, severity: said.severity, severityFrom: `Security (${said.by})`, cvss: null };
}

/** Sources came to another severity than the person: shown, so that somebody looks again. */
export function differs(sourced: VulnerabilityFacts, said: SaidSeverity): boolean {
  return sourced.severity !== 'unknown' && sourced.severity !== said.severity;
}
