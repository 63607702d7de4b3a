import { PRODUCT_SCOPE, productKey } from '@patchsteward/core/1-identification';
import {
  type Assessment,
  assess,
  assessTogether,
  type FindingFacts,
  withAnswers,
} from '@patchsteward/core/2-evaluation';
import type { AssetFacts } from '@patchsteward/core/vocabulary';
import type { Reader } from '../platform/database.ts';
import { readSetFindings, type SetFindingRow } from './evidence-store.ts';
import { knowledgeOf } from './knowledge.ts';
import { plainFacts } from './plain-offer.ts';
import type { ProposedBy } from './proposals.ts';

/** An asset without an agent whose product a list named. */
export interface ListedProductAsset extends AssetFacts {
  readonly assetId: string;
  /** As claims call it. // product-key.ts */
  readonly product: string;
  /** Empty: no list says. */
  readonly version: string;
  readonly packageSetId: number;
}

export interface AssessedProducts {
  readonly found: readonly ListedProductAsset[];
  /** Of the first; empty where none was found. */
  readonly product: string;
  /** Distinct vulnerabilities that this very version is named to fix, sorted. */
  readonly fixes: readonly string[];
  /** Of each asset, as urgent as what is known of its product: never less because a fix is not dated. */
  readonly assessments: readonly [Assessment, ...Assessment[]];
}

interface Asked extends ProposedBy {
  readonly assetIds: readonly string[];
  readonly to: string;
}

/** What a version of a product would end on these assets, and how urgent that is. */
export async function assessProducts(reader: Reader, asked: Asked): Promise<AssessedProducts> {
  const { assetIds, to, policy, now } = asked;
  const found = await readProductAssets(reader, assetIds);
  const product = found[0]?.product ?? '';
  const said = await asked.readSaid(reader, assetIds);
  const bySet = new Map<number, readonly SetFindingRow[]>();
  for (const { packageSetId } of found) {
    if (bySet.has(packageSetId)) continue;
    const rows = await readSetFindings(reader, packageSetId);
    bySet.set(
      packageSetId,
      rows.filter(
        ({ affected, source, version_scope: scope }) => affected && scope === PRODUCT_SCOPE && source === product,
      ),
    );
  }
  const ended = [...bySet.values()].flat().filter((row) => isEndedBy(row, to));
  const plain = plainFacts({ source: product, source_version: to, kind: 'unknown', first_seen: now, index_date: null });
  const assessments = found.map((asset) => {
    const answers = said.get(asset.assetId);
    const answered = (facts: FindingFacts): FindingFacts =>
      answers === undefined ? facts : withAnswers(facts, answers);
    const [first, ...rest] = (bySet.get(asset.packageSetId) ?? []).map((row) => answered(knowledgeOf(row).facts));
    if (first === undefined) return assess(answered(plain), asset, policy, now);
    return assessTogether([first, ...rest], asset, policy, now);
  });
  const [first, ...rest] = assessments;
  const fixes = [...new Set(ended.map(({ vulnerability }) => vulnerability))].sort();
  return { found, product, fixes, assessments: [first ?? assess(plain, UNKNOWN, policy, now), ...rest] };
}

/** Of no asset; whoever asked for none is refused before anybody looks at it. */
const UNKNOWN: AssetFacts = { criticality: 'critical', exposure: 'unknown', firstSeen: 0 };

/** Not what is above the fix: a later branch may have the vulnerability still. The next list is judged as it is. */
function isEndedBy({ fixed }: SetFindingRow, to: string): boolean {
  return fixed === to;
}

async function readProductAssets(reader: Reader, assetIds: readonly string[]): Promise<ListedProductAsset[]> {
  const rows = await reader
    .selectFrom('identification.asset as asset')
    .innerJoin('identification.check_in as check_in', 'check_in.asset_id', 'asset.id')
    .innerJoin('identification.package_set as package_set', 'package_set.id', 'check_in.package_set_id')
    .select(['asset.id', 'asset.vendor', 'asset.product', 'asset.product_version', 'asset.build'])
    .select(['asset.criticality', 'asset.exposure', 'asset.first_seen', 'check_in.package_set_id'])
    .where('asset.id', 'in', [...assetIds])
    .where('asset.origin', '<>', 'agent')
    .where('asset.removed_at', 'is', null)
    .where('package_set.ecosystem', '=', 'components')
    .orderBy('asset.id')
    .execute();
  return rows.flatMap((row) => {
    const product = row.product === null ? '' : productKey(row.vendor ?? '', row.product);
    if (product === '') return [];
    const { criticality, exposure } = row;
    return [
      {
        ...{ assetId: row.id, product, version: row.product_version ?? row.build ?? '' },
        ...{ criticality, exposure, firstSeen: row.first_seen, packageSetId: row.package_set_id },
      },
    ];
  });
}
