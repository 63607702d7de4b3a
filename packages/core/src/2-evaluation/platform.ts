import type { Instant, Release } from '../vocabulary/index.ts';
import { type FindingFacts, UNKNOWN_INTELLIGENCE } from './facts.ts';

/** A platform as what it becomes when its support ends: a finding to which no fix comes. // SP 800-40r4 §2.3 */
export function platformFacts({ prettyName }: Pick<Release, 'prettyName'>, ends: Instant): FindingFacts {
  return {
    ...{ subject: prettyName, security: true, fixed: null, indexAt: null, declaredEmergencyAt: null },
    ...{ advisoryAt: null, advisoryPrecision: 'time', advisorySeen: ends, platformEnded: ends },
    // Nobody scores it: what makes it urgent is that nothing more comes.
    intelligence: { ...UNKNOWN_INTELLIGENCE, severity: 'medium', severityFrom: 'the end of its support' },
  };
}

/** What is found as of now: a platform is no finding before its support ends. */
export function hasBegun({ platformEnded }: FindingFacts, now: Instant): boolean {
  return platformEnded === undefined || platformEnded <= now;
}
