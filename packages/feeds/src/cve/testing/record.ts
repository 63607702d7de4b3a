export interface CveFacts {
  readonly id?: string;
  readonly state?: string;
  readonly updated?: string;
  readonly cna?: readonly object[];
  /** Of CISA. */
  readonly adp?: readonly object[];
}

/** A CVE record: what a case is about is said, the rest is usual. */
export function cveRecord({ id = 'CVE-2026-0001', state = 'PUBLISHED', ...facts }: CveFacts = {}): object {
  const updated = facts.updated ?? '2026-07-02T09:30:00.000Z';
  return {
    dataType: 'CVE_RECORD',
    dataVersion: '5.1',
    cveMetadata: { cveId: id, state, assignerShortName: 'redhat', dateUpdated: updated },
    containers: {
      cna: {
        providerMetadata: { orgId: '53f830b8-0a3f-465b-8143-3b8a9948e749', shortName: 'redhat', dateUpdated: updated },
        metrics: facts.cna ?? [],
      },
      adp: [
        {
          title: 'CISA ADP Vulnrichment',
          providerMetadata: { shortName: 'CISA-ADP', dateUpdated: updated },
          metrics: facts.adp ?? [],
        },
      ],
    },
  };
}

export const NETWORK = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
export const LOCAL = 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H';

export function cvss31(vectorString: string, baseScore: number, baseSeverity: string): object {
  return { format: 'CVSS', cvssV3_1: { version: '3.1', vectorString, baseScore, baseSeverity } };
}

export function ssvc(exploitation: string, automatable: string, impact: string, timestamp?: string): object {
  const options = [{ Exploitation: exploitation }, { Automatable: automatable }, { 'Technical Impact': impact }];
  return {
    other: {
      type: 'ssvc',
      content: {
        id: 'CVE',
        role: 'CISA Coordinator',
        options,
        version: '2.0.3',
        timestamp: timestamp ?? '2026-07-02T08:00:00Z',
      },
    },
  };
}
