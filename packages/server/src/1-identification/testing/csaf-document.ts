/** A document of Acme: what a case is about is said, the rest is usual. */
export interface CsafRevision {
  readonly id?: string;
  readonly version?: string;
  readonly released?: string;
  readonly affected?: string;
  /** CVSS 3.1 of what is affected; absent: Acme does not rate it. */
  readonly vector?: string;
  /** Why Acme's switch is not affected; absent: nothing is said of it. */
  readonly unaffected?: { readonly label: string; readonly details: string };
}

export function csafDocument({
  id = 'ACME-1',
  version = '1',
  released = '2026-11-02T00:00:00Z',
  affected = '<2.0',
  unaffected,
  vector,
}: CsafRevision): string {
  const product = { name: 'Router', product_id: 'p' };
  const range = { category: 'product_version_range', name: affected, product };
  return JSON.stringify({
    document: {
      ...{ category: 'csaf_security_advisory', csaf_version: '2.0', title: `${id}: an update` },
      publisher: { category: 'vendor', name: 'Acme', namespace: 'https://acme.example' },
      tracking: {
        ...{
          id,
          version,
          status: 'final',
          initial_release_date: '2026-11-01T00:00:00Z',
          current_release_date: released,
        },
        revision_history: [{ date: released, number: version, summary: 'changed' }],
      },
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'Acme',
          branches: [
            { category: 'product_name', name: 'Router', branches: [range] },
            { category: 'product_name', name: 'Switch', product: { name: 'Switch', product_id: 's' } },
          ],
        },
      ],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2026-0001',
        ...(vector === undefined ? {} : { scores: [{ products: ['p'], cvss_v3: { vectorString: vector } }] }),
        product_status: { known_affected: ['p'], ...(unaffected === undefined ? {} : { known_not_affected: ['s'] }) },
        ...(unaffected === undefined
          ? {}
          : {
              flags: [{ label: unaffected.label, product_ids: ['s'] }],
              threats: [{ category: 'impact', details: unaffected.details, product_ids: ['s'] }],
            }),
      },
    ],
  });
}
