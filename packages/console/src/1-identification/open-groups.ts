import type { FindingGroup } from './finding-groups.ts';

/** `open` in the address: all, none, or the names of the open groups with commas between (no package name has one). */
const ALL = '*';
const NONE = '-';

/** Without a word in the address, a search shows what it found, and a plain list shows its groups closed. */
export function openGroups(open: string | undefined, searching: boolean): (source: string) => boolean {
  const word = open ?? (searching ? ALL : NONE);
  if (word === ALL) return () => true;
  if (word === NONE) return () => false;
  const names = new Set(word.split(','));
  return (source) => names.has(source);
}

/** The word for the address after one group was opened or closed. */
export function toggled(groups: readonly FindingGroup[], isOpen: (source: string) => boolean, source: string): string {
  const names = groups.map((group) => group.source).filter((name) => isOpen(name) !== (name === source));
  return names.length === 0 ? NONE : names.join(',');
}

export function allOrNone(open: boolean): string {
  return open ? ALL : NONE;
}
