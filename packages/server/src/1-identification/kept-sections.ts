import type { InventorySections, SectionName } from '@patchsteward/core/vocabulary';

/** A report is judged and assessed within moments of its coming; several may come at once. */
const KEPT_MAX = 32;
/** As a host sends it, which most hosts stay far below; parsed it is some times as much, so that all stay below 100 MB. */
const KEPT_BYTES_MAX = 512 * 1024;

/**
 * The sections that came last or were asked for last, as they were parsed: what a hash stands for never changes, and
 * to read one of a thousand packages again takes longer than to judge it.
 */
const kept = new Map<string, InventorySections[SectionName]>();

export function keepSection<Name extends SectionName>(
  name: Name,
  { hash, bytes }: { readonly hash: string; readonly bytes: number },
  section: InventorySections[Name],
): void {
  if (bytes > KEPT_BYTES_MAX) return;
  putLast(keyOf(name, hash), section);
  const [first] = kept.keys();
  if (kept.size > KEPT_MAX && first !== undefined) kept.delete(first);
}

export function keptSection<Name extends SectionName>(name: Name, hash: string): InventorySections[Name] | undefined {
  const key = keyOf(name, hash);
  const section = kept.get(key);
  if (section !== undefined) putLast(key, section);
  // Kept under its name.
  return section as InventorySections[Name] | undefined;
}

/** A Map goes by the order in which its keys came. */
function putLast(key: string, section: InventorySections[SectionName]): void {
  kept.delete(key);
  kept.set(key, section);
}

function keyOf(name: SectionName, hash: string): string {
  return `${name} ${hash}`;
}
