import type { AssetDifferences } from './asset-change.ts';
import type { ListedTarget } from './import-decision.ts';

/** Fields in which nothing is said until somebody says something, with that nothing. */
const SILENT = {
  owner: null,
  role: null,
  maintenanceGroup: null,
  vendor: null,
  product: null,
  productVersion: null,
  build: null,
  exposure: 'unknown',
  environment: 'unknown',
} as const;

/** What people said of the one and nobody of the other. Where both say something, what is kept stands. */
export function mergedChanges(from: ListedTarget, into: ListedTarget): AssetDifferences {
  const changes: Record<string, AssetDifferences[string]> = {};
  for (const [name, nothing] of Object.entries(SILENT)) {
    const field = name as keyof typeof SILENT; // Object.entries forgets that the record is closed.
    if (into[field] === nothing && from[field] !== nothing)
      changes[field] = { before: into[field], after: from[field] };
  }
  if (!into.setByHand.includes('criticality') && from.setByHand.includes('criticality')) {
    if (into.criticality !== from.criticality) {
      changes['criticality'] = { before: into.criticality, after: from.criticality };
    }
  }
  for (const field of ['tags', 'redundancyGroups'] as const) {
    const both = [...new Set([...into[field], ...from[field]])].sort();
    if (both.length > into[field].length) changes[field] = { before: into[field], after: both };
  }
  return changes;
}
