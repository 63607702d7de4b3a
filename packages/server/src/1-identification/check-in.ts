import { SECTION_NAMES, type SectionName } from '@patchsteward/core/vocabulary';
import type { JsonValue } from '../platform/column-types.ts';
import type { Changed } from '../platform/corridor.ts';
import type { SectionHashes } from './check-in-store.ts';

/** What becomes of a check-in whose sections are all there, after what the asset reported last. */
export function decideCheckIn(facts: {
  readonly assetId: string;
  readonly before: SectionHashes | undefined;
  readonly now: SectionHashes;
  /** The set of packages, and whether its findings are still to be counted. */
  readonly packageSet: { readonly id: number; readonly countNeeded: boolean };
}): Pick<Changed<void>, 'leaves' | 'wishes'> {
  const { assetId, before, now, packageSet } = facts;
  const changes = SECTION_NAMES.filter((name) => before?.[name] !== now[name]);
  if (changes.length === 0) return {};

  const sections: Partial<Record<SectionName, JsonValue>> = {};
  for (const name of changes) sections[name] = { before: before?.[name] ?? null, after: now[name] };
  const rejudge =
    changes.includes('packages') && packageSet.countNeeded
      ? [{ kind: 'rejudge', key: `set:${packageSet.id}`, payload: { packageSetId: packageSet.id } }]
      : [];
  return {
    leaves: [{ kind: 'inventory.changed', subject: assetId, payload: { sections } }],
    wishes: [...rejudge, { kind: 'assess', key: `asset:${assetId}`, payload: { assetId } }],
  };
}
