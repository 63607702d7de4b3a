import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { compareText } from '../platform/text.ts';

/** The architecture of most packages: compilers for others, and 32 bits beside 64, are always the fewer. */
export function commonestArchitecture(packages: readonly InstalledPackage[]): string | null {
  const counts = new Map<string, number>();
  for (const { architecture } of packages) {
    if (architecture !== 'noarch') counts.set(architecture, (counts.get(architecture) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([a, most], [b, more]) => more - most || compareText(a, b));
  return ranked[0]?.[0] ?? null;
}
