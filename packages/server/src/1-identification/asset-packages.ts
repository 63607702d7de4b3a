import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import { memoryPage, type PageQuery, wordsIn } from './memory-page.ts';

const Cursor = z.tuple([z.string(), z.string(), z.string()]);

/** A page of a set, by name, architecture and version. */
export function packagePage(packages: readonly InstalledPackage[], query: PageQuery) {
  const matches = wordsIn(query.search);
  const found = packages.filter((one) => matches(one.name, one.source));
  const page = memoryPage(found, query, ({ name, architecture, version }) => [name, architecture, version], Cursor);
  const items = page.items.map((one) => ({ ...one, origins: one.origins === null ? null : [...one.origins] }));
  return { ...page, items };
}
