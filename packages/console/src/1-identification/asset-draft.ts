import type { Asset, AssetChange } from '@patchsteward/contract';

/** What people say of an asset, as a form holds it. */
export interface AssetDraft {
  readonly name: string;
  readonly kind: Asset['kind'];
  readonly criticality: Asset['criticality'];
  readonly exposure: Asset['exposure'];
  readonly environment: Asset['environment'];
  readonly owner: string;
  readonly role: string;
  readonly tags: string;
  readonly maintenanceGroup: string;
  readonly redundancyGroups: string;
  readonly ring: 'yes' | 'no';
}

export function draftOf(asset: Asset): AssetDraft {
  return {
    name: asset.name,
    kind: asset.kind,
    criticality: asset.criticality,
    exposure: asset.exposure,
    environment: asset.environment,
    owner: asset.owner ?? '',
    role: asset.role ?? '',
    tags: asset.tags.join(', '),
    maintenanceGroup: asset.maintenanceGroup ?? '',
    redundancyGroups: asset.redundancyGroups.join(', '),
    ring: asset.ring ? 'yes' : 'no',
  };
}

const FIELDS = [
  'name',
  'kind',
  'criticality',
  'exposure',
  'environment',
  'owner',
  'role',
  'tags',
  'maintenanceGroup',
  'redundancyGroups',
  'ring',
] as const;
export type DraftField = (typeof FIELDS)[number];

export function changedFields(before: AssetDraft, after: AssetDraft): readonly DraftField[] {
  return FIELDS.filter((field) => before[field].trim() !== after[field].trim());
}

/** Only what the person changed is sent, so that nothing they did not look at is written. */
export function changeOf(base: Asset, draft: AssetDraft): AssetChange {
  const changed = new Set(changedFields(draftOf(base), draft));
  return {
    version: base.version,
    ...(changed.has('name') ? { name: draft.name.trim() } : {}),
    ...(changed.has('kind') ? { kind: draft.kind } : {}),
    ...(changed.has('criticality') ? { criticality: draft.criticality } : {}),
    ...(changed.has('exposure') ? { exposure: draft.exposure } : {}),
    ...(changed.has('environment') ? { environment: draft.environment } : {}),
    ...(changed.has('owner') ? { owner: textOrNull(draft.owner) } : {}),
    ...(changed.has('role') ? { role: textOrNull(draft.role) } : {}),
    ...(changed.has('tags') ? { tags: tagsOf(draft.tags) } : {}),
    ...(changed.has('maintenanceGroup') ? { maintenanceGroup: textOrNull(draft.maintenanceGroup) } : {}),
    ...(changed.has('redundancyGroups') ? { redundancyGroups: tagsOf(draft.redundancyGroups) } : {}),
    ...(changed.has('ring') ? { ring: draft.ring === 'yes' } : {}),
  };
}

/**
 * After somebody else changed the asset: what this person changed stays, everything else follows the current state.
 * Nobody's work is lost, and nothing is overwritten that was not seen.
 */
export function rebase(base: Asset, draft: AssetDraft, current: Asset): AssetDraft {
  const mine = changedFields(draftOf(base), draft);
  return { ...draftOf(current), ...Object.fromEntries(mine.map((field) => [field, draft[field]])) };
}

function textOrNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
