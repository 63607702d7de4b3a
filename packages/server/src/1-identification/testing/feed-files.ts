/** An OSV record of Debian: what a case is about is said, the rest is usual. */
export interface OsvFacts {
  readonly id: string;
  readonly upstream?: readonly string[];
  readonly package?: string;
  readonly fixed?: string | null;
  readonly release?: string;
  readonly published?: string;
  readonly modified?: string;
  readonly withdrawn?: string;
  readonly summary?: string;
}

function osvRecord(facts: OsvFacts): object {
  const { id, upstream = ['CVE-2026-0001'], fixed = '2.0-1', release = '12', withdrawn } = facts;
  const published = facts.published ?? '2026-11-19T10:30:00Z';
  return {
    schema_version: '1.7.3',
    id,
    summary: facts.summary ?? `${id} - security update`,
    published,
    modified: facts.modified ?? published,
    ...(withdrawn === undefined ? {} : { withdrawn }),
    upstream,
    affected: [
      {
        package: { ecosystem: `Debian:${release}`, name: facts.package ?? 'curl' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, ...(fixed === null ? [] : [{ fixed }])] }],
      },
    ],
    references: [{ type: 'ADVISORY', url: `https://security-tracker.debian.org/tracker/${id}` }],
  };
}

export function osvFile(...records: readonly OsvFacts[]): string {
  return records.map((facts) => `${JSON.stringify(osvRecord(facts))}\n`).join('');
}

export interface KevFacts {
  readonly id: string;
  readonly added?: string;
  readonly due?: string;
  readonly ransomware?: boolean;
}

export function kevFile(released: string, ...entries: readonly KevFacts[]): string {
  return JSON.stringify({
    title: 'CISA Catalog of Known Exploited Vulnerabilities',
    catalogVersion: released.slice(0, 10).replaceAll('-', '.'),
    dateReleased: released,
    count: entries.length,
    vulnerabilities: entries.map(({ id, added = '2026-11-18', due = '2026-11-21', ransomware = false }) => ({
      cveID: id,
      vendorProject: 'Example',
      product: 'Example',
      vulnerabilityName: `Example ${id}`,
      dateAdded: added,
      shortDescription: 'An example.',
      requiredAction: 'Apply updates.',
      dueDate: due,
      knownRansomwareCampaignUse: ransomware ? 'Known' : 'Unknown',
      notes: '',
    })),
  });
}

export function epssFile(
  model: string,
  date: string,
  ...scores: readonly (readonly [string, number, number])[]
): string {
  const lines = scores.map(([id, score, percentile]) => `${id},${score},${percentile}\n`);
  return `#model_version:${model},score_date:${date}T00:00:00+0000\ncve,epss,percentile\n${lines.join('')}`;
}
