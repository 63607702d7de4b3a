import type { SeverityWords } from '@patchsteward/contract';
import { DAY_MS, wire } from './fake-assets.ts';

const PLAIN = {
  ...{ voice: 'nvd' as const, source: 'nvd', distribution: null, scale: 'cvss-3.1' as const, problem: null },
  ...{ vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, level: 'critical' as const },
  ...{ stated: { score: 9.8, level: 'CRITICAL' }, record: 'CVE-2025-10000', at: wire(-9 * DAY_MS) },
};
const RATINGS: SeverityWords['ratings'] = [
  {
    ...{ ...PLAIN, voice: 'cna', source: 'redhat (CNA)', scale: 'cvss-4.0', score: 9.3, place: 'believed' },
    vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
  },
  { ...PLAIN, place: 'voice-comes-later' },
  {
    ...PLAIN,
    source: 'nvd (older)',
    scale: 'cvss-2.0',
    vector: 'AV:N/AC:L',
    score: null,
    level: 'unknown',
    at: null,
    problem: 'vector-unreadable',
    place: 'says-nothing',
  },
];

/** What sources say of one vulnerability, one of them less by now. */
export function fakeSeverityWords(vulnerability: string, distribution: string | undefined): SeverityWords {
  const vendor = {
    ...PLAIN,
    voice: 'vendor' as const,
    source: 'ubuntu',
    distribution: 'ubuntu',
    scale: 'words' as const,
  };
  const ofUbuntu = { ...vendor, vector: null, score: null, level: 'medium' as const, place: 'believed' as const };
  const isUbuntu = distribution === 'ubuntu';
  return {
    ...{ vulnerability, distribution: distribution ?? null, cvss: isUbuntu ? null : 9.3 },
    voices: ['vendor', 'cna', 'adp', 'nvd', 'aggregator', 'other-vendor'],
    intelligence: {
      ...{ severity: isUbuntu ? 'medium' : 'critical', severityFrom: isUbuntu ? 'ubuntu' : 'redhat (CNA)', said: null },
      ...{ knownExploited: null, epss: null },
      held: {
        ...{ severity: 'medium', severityFrom: 'redhat (CNA)', cvss: 5.3, ssvc: null, knownExploited: null },
        since: wire(-DAY_MS),
      },
    },
    ratings: isUbuntu
      ? [ofUbuntu, ...RATINGS.map((one) => ({ ...one, place: 'voice-comes-later' as const }))]
      : RATINGS,
    points: [
      {
        ...{
          source: 'CISA-ADP',
          exploitation: 'active',
          automatable: true,
          technicalImpact: 'total',
          version: '2.0.3',
        },
        ...{ at: wire(-2 * DAY_MS), counts: true },
      },
    ],
    elsewhere: [{ distribution: 'ubuntu', severity: 'medium', from: 'ubuntu' }],
    changes: [
      {
        ...{ at: wire(-DAY_MS), kind: 'held', what: 'rating', feed: 'nvd' },
        ...{ before: 'critical 9.3, says redhat (CNA)', after: 'medium 5.3, says redhat (CNA)' },
      },
    ],
  };
}
