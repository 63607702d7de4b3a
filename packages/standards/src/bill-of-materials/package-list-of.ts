import type { Component } from '@patchsteward/core/1-identification';
import type { BillEntry, PackageList, RefusedEntry } from './package-list.ts';
import { componentOf, isSystemPurl } from './purl-component.ts';
import { absentOf, type Relations } from './relations.ts';

/** The components of a bill's entries. A text where there is none: an empty list would look like a clean host. */
export function packageListOf(
  entries: readonly BillEntry[],
  release: string | null,
  relations: Relations,
): PackageList | string {
  const absent = absentOf(relations);
  if (typeof absent === 'string') return absent;
  const hasSystemPackages = entries.some(({ purl }) => isSystemPurl(purl));
  const components: Component[] = [];
  const refused: RefusedEntry[] = [];
  for (const entry of entries) {
    const component = componentOf(entry, release, hasSystemPackages);
    if (typeof component === 'string') refused.push({ entry: entry.name, problem: component });
    else components.push(component);
  }
  const first = refused[0];
  if (components.length > 0) return { components, refused: [...refused, ...absent] };
  return first === undefined
    ? 'it lists no package'
    : `it lists no package that can be judged (${first.entry}: ${first.problem})`;
}
