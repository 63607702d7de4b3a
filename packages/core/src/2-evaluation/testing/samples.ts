import type { AssetFacts, Instant } from '../../vocabulary/index.ts';
import { type FindingFacts, UNKNOWN_INTELLIGENCE, type VulnerabilityFacts } from '../facts.ts';

// Whole values with sensible members, of which a test names only what it is about.

/** 2026-07-15 09:00 UTC: when the samples are looked at. */
export const NOW: Instant = Date.UTC(2026, 6, 15, 9);

/** An internal server of normal worth that we have watched since spring. */
export function asset(members: Partial<AssetFacts> = {}): AssetFacts {
  return { criticality: 'normal', exposure: 'internal', firstSeen: Date.UTC(2026, 3, 1), ...members };
}

/** A vulnerability of medium severity of which nothing else is known. */
export function facts(members: Partial<VulnerabilityFacts> = {}): VulnerabilityFacts {
  return { ...UNKNOWN_INTELLIGENCE, severity: 'medium', severityFrom: 'NVD', ...members };
}

export function exploited(members: Partial<NonNullable<VulnerabilityFacts['knownExploited']>> = {}) {
  return { added: Date.UTC(2026, 6, 14, 8), due: null, ransomware: false, ...members };
}

/** Released at 08:00 on 14 July, seen an hour later. */
export function finding({
  about,
  ...members
}: Partial<FindingFacts> & { about?: Partial<VulnerabilityFacts> } = {}): FindingFacts {
  return {
    subject: 'CVE-2026-0001',
    security: true,
    fixed: '2.0-1',
    advisoryAt: Date.UTC(2026, 6, 14, 8),
    advisoryPrecision: 'time',
    indexAt: null,
    advisorySeen: Date.UTC(2026, 6, 14, 9),
    declaredEmergencyAt: null,
    intelligence: facts(about),
    ...members,
  };
}

/** `2026-07-14 08:00`, for tables. */
export function shown(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}
