import type { Claim } from '@patchsteward/core/1-identification';
import { inTransaction } from '../../platform/transaction.ts';
import { mergeAdvisories } from '../claims-store.ts';
import { keepFeed } from '../feeds-store.ts';
import type { ReportingWorld } from './reported-host.ts';

/** What a case says of a claim; the rest is usual. */
export type ToldClaim = Pick<Claim, 'scope' | 'packageName' | 'vulnerability'> &
  Partial<Pick<Claim, 'architectures' | 'status'>> & { readonly fixed: string | null; readonly advisory?: string };

/** Claims of any ecosystem, merged as an import merges them. */
export async function tellClaims(world: ReportingWorld, ...told: readonly ToldClaim[]): Promise<void> {
  const at = world.clock();
  const claims = told.map((claim, place) => rowOf(claim, `A-${place}`));
  const advisories = [...new Set(claims.map(({ advisory }) => advisory))].map((id) => ({
    id,
    summary: id,
    published: '2026-11-19T10:30:00Z',
    published_precision: 'time',
    modified: new Date(at).toISOString(),
    withdrawn: null,
    aliases: [],
    reference_urls: [],
    revision: JSON.stringify(told),
  }));
  await keepFeed(world.db, 'debian-osv');
  await inTransaction(world.db, (tx) =>
    mergeAdvisories(
      tx,
      'debian-osv',
      {
        records: advisories.length,
        dataAsOf: null,
        quarantined: [],
        rows: [JSON.stringify(advisories)],
        claims: [JSON.stringify(claims)],
        ratings: [],
        products: [],
        listed: [],
      },
      at,
    ),
  );
}

function rowOf({ scope, packageName, vulnerability, fixed, ...more }: ToldClaim, advisory: string) {
  return {
    advisory: more.advisory ?? advisory,
    authority: 'vendor-advisory',
    vulnerabilities: [vulnerability],
    scope,
    package_kind: 'source',
    package_name: packageName,
    architectures: more.architectures ?? null,
    status: more.status ?? 'affected',
    ranges: [{ introduced: null, fixed, lastAffected: null }],
    versions: [],
    published: '2026-11-19T10:30:00Z',
    published_precision: 'time',
    modified: '2026-11-19T10:30:00Z',
    withdrawn: null,
  };
}
