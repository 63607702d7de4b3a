import type { AssetChange } from '@patchsteward/contract';
import type { AssetFacts, AssetKind, Environment } from '@patchsteward/core/vocabulary';
import type { JsonValue } from '../platform/column-types.ts';
import type { Changed } from '../platform/corridor.ts';

/** What people say of an asset. // checklist c2 c5 */
export interface AssetFields extends Pick<AssetFacts, 'criticality' | 'exposure'> {
  readonly name: string;
  readonly kind: AssetKind;
  readonly environment: Environment;
  readonly owner: string | null;
  readonly role: string | null;
  readonly tags: readonly string[];
  /** Its windows; null: it has none. // checklist c12 */
  readonly maintenanceGroup: string | null;
  readonly redundancyGroups: readonly string[];
  /** Of the test ring. // SOP P3.1 */
  readonly ring: boolean;
}

export type AssetChangeDecision =
  | { readonly kind: 'conflict'; readonly version: number }
  | { readonly kind: 'unchanged' }
  | ({
      readonly kind: 'change';
      readonly fields: AssetFields;
      readonly version: number;
      readonly changes: AssetDifferences;
    } & Required<Pick<Changed<void>, 'leaves' | 'wishes'>>);

/** Before and after of each field that differs. */
export type AssetDifferences = Readonly<Record<string, { readonly before: JsonValue; readonly after: JsonValue }>>;

/** What a wished change does to an asset; nobody overwrites what they have not seen. */
export function decideAssetChange(
  asset: AssetFields & { readonly id: string; readonly version: number },
  { version, ...wished }: AssetChange,
  /** What made the change, where it was not a person's word about this very asset. */
  because: { readonly [name: string]: JsonValue } = {},
): AssetChangeDecision {
  if (asset.version !== version) return { kind: 'conflict', version: asset.version };

  const before = fieldsOf(asset);
  const after = { ...before, ...given(wished) };
  const differences = differencesOf(before, after);
  if (Object.keys(differences).length === 0) return { kind: 'unchanged' };
  return {
    kind: 'change',
    fields: after,
    version: version + 1,
    changes: differences,
    leaves: [
      { kind: 'asset.changed', subject: asset.id, payload: { version: version + 1, changes: differences, ...because } },
    ],
    wishes: [{ kind: 'assess', key: `asset:${asset.id}`, payload: { assetId: asset.id } }],
  };
}

function fieldsOf({
  name,
  kind,
  criticality,
  exposure,
  environment,
  owner,
  role,
  tags,
  maintenanceGroup,
  redundancyGroups,
  ring,
}: AssetFields): AssetFields {
  return {
    name,
    kind,
    criticality,
    exposure,
    environment,
    owner,
    role,
    tags,
    maintenanceGroup,
    redundancyGroups,
    ring,
  };
}

/** A field that is absent stays; tags and redundancy groups are sets. */
function given(wished: Omit<AssetChange, 'version'>): Partial<AssetFields> {
  return Object.fromEntries(
    Object.entries(wished)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value)].sort() : value]),
  );
}

/** Before and after of each field that differs. // SOP P7.1 */
function differencesOf(before: AssetFields, after: AssetFields): AssetDifferences {
  const differences: Record<string, { before: JsonValue; after: JsonValue }> = {};
  for (const [name, value] of Object.entries(after) as [keyof AssetFields, JsonValue][]) {
    const old = before[name];
    if (JSON.stringify(old) !== JSON.stringify(value)) differences[name] = { before: old, after: value };
  }
  return differences;
}
