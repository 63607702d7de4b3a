import type { ExceptionTarget } from '@patchsteward/contract';
import type { FindingFacts } from '@patchsteward/core/2-evaluation';
import type { AssetFacts } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { Reader } from '../platform/database.ts';
import { evidenceForEvaluation } from './evaluation-evidence.ts';

/** An asset that fits what somebody named, with all that was found on it. */
interface TargetAsset {
  readonly assetId: string;
  readonly asset: AssetFacts;
  readonly findings: readonly FindingFacts[];
}

/** At most `limit` of them. Assets that report the same come one after the other: what costs is read once. */
export async function findTargetAssets(reader: Reader, target: ExceptionTarget, limit: number): Promise<TargetAsset[]> {
  const ids = await findIds(reader, target, limit);
  const readEvidence = evidenceForEvaluation();
  const found: TargetAsset[] = [];
  for (const assetId of ids) {
    const evidence = await readEvidence(reader, assetId);
    const facts = evidence?.facts;
    if (facts !== undefined) found.push({ assetId, asset: facts.asset, findings: facts.findings });
  }
  return found;
}

async function findIds(
  reader: Reader,
  { vulnerabilities, sources, assets, group }: ExceptionTarget,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select asset.id from identification.asset
    join identification.check_in on check_in.asset_id = asset.id
    where (${assets.length === 0} or asset.id = any(${assets}::uuid[]))
      and (${group}::text is null or asset.maintenance_group = ${group})
      and (${vulnerabilities.length + sources.length === 0} or check_in.package_set_id in (
        select placed.set_id from identification.finding
        join identification.source_version as version on version.id = finding.source_version_id
        join identification.package_set_source as placed on placed.source_version_id = version.id
        where (${vulnerabilities.length === 0} or finding.vulnerability = any(${vulnerabilities}::text[]))
          and (${sources.length === 0} or version.source = any(${sources}::text[]))
      ))
    order by check_in.package_set_id, check_in.offer_set_id, asset.id limit ${limit}
  `.execute(reader);
  return rows.map(({ id }) => id);
}
