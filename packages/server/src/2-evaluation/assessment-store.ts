import type { Assessment } from '@patchsteward/core/2-evaluation';
import type { Instant, Verdict } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { type JsonText, timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';
import type { Basis, Figures } from './evidence.ts';

/** Advisory locks of assets under assessment, in a space of their own. // PostgreSQL §13.3.5 */
const ASSESSMENT_LOCK_SPACE = 0x7073_0020;

/**
 * Assets whose assessment rests on what is no longer theirs, or that have none. Nobody has to remember whom a change
 * reaches. Those of one set come together. Sets that are still to be counted follow when they are. A platform
 * whose support ended since, or that of a package on it, is such a change, which nobody makes.
 */
export async function findStale(
  tx: Tx,
  policyVersion: string,
  { at, limit }: { readonly at: Instant; readonly limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select asset.id from identification.asset
    join identification.check_in on check_in.asset_id = asset.id
    join identification.package_set on package_set.id = check_in.package_set_id
    left join evaluation.assessment on assessment.asset_id = asset.id
    left join (
      select scope, max(ends) as ended from identification.lifecycle where phase <> 'extended'
      group by scope having max(ends) <= ${timestamp(at)}
    ) as platform on platform.scope = coalesce(package_set.scope, asset.support_scope)
    left join (
      select scope, max(ends) as ended from identification.package_support where ends <= ${timestamp(at)} group by scope
    ) as listed on listed.scope = package_set.scope
    where not package_set.count_needed
      and (greatest(platform.ended, listed.ended) > assessment.assessed_at or (assessment.package_set_id, assessment.set_revision, assessment.offer_set_id, assessment.asset_version,
        assessment.policy_version)
      is distinct from (check_in.package_set_id, package_set.revision, check_in.offer_set_id, asset.version,
        ${policyVersion}::text))
    order by check_in.package_set_id, check_in.offer_set_id, asset.id
    limit ${limit}
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** Whoever writes an assessment reads after this: the last to write has seen the newest. In one order for everybody. */
export async function lockAssessments(tx: Tx, assetIds: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(${ASSESSMENT_LOCK_SPACE}::integer, number)
    from (select distinct hashtext(id) as number from unnest(${assetIds}::text[]) as id order by number) as numbers
  `.execute(tx);
}

/** What the stored assessments of these rest on. */
export async function readBases(
  tx: Tx,
  assetIds: readonly string[],
): Promise<ReadonlyMap<string, Basis & { readonly policyVersion: string }>> {
  const rows = await tx
    .selectFrom('evaluation.assessment')
    .select([
      'asset_id as assetId',
      'package_set_id as packageSetId',
      'set_revision as setRevision',
      'offer_set_id as offerSetId',
      'asset_version as assetVersion',
      'policy_version as policyVersion',
    ])
    .where('asset_id', 'in', assetIds)
    .execute();
  return new Map(rows.map(({ assetId, ...basis }) => [assetId, basis]));
}

export interface StoredAssessment {
  readonly assetId: string;
  readonly policyVersion: string;
  readonly verdict: Verdict<Assessment>;
  readonly figures: Figures;
  readonly securityUpdates: number | null;
  readonly basis: Basis;
  readonly at: Instant;
}

export async function storeAssessment(tx: Tx, assessment: StoredAssessment): Promise<void> {
  const { assetId, at, basis, figures, policyVersion, securityUpdates, verdict } = assessment;
  const urgency = verdict.kind === 'proceed' ? verdict.value : null;
  const values = {
    policy_version: policyVersion,
    verdict: sql<JsonText>`${JSON.stringify(verdict)}::jsonb`,
    lane: urgency?.lane ?? null,
    due: urgency === null ? null : timestamp(urgency.due),
    findings: figures.findings,
    known_exploited: figures.knownExploited,
    security_updates: securityUpdates,
    answered_findings: urgency?.answeredFindings ?? 0,
    package_set_id: basis.packageSetId,
    set_revision: basis.setRevision,
    offer_set_id: basis.offerSetId,
    asset_version: basis.assetVersion,
    assessed_at: timestamp(at),
  };
  await tx
    .insertInto('evaluation.assessment')
    .values({ asset_id: assetId, ...values })
    .onConflict((conflict) => conflict.column('asset_id').doUpdateSet(values))
    .execute();
}
