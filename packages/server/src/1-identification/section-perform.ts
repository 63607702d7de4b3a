import type { Instant, InventorySections, PackageSet, SectionName } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';
import { inStatement } from '../platform/transaction.ts';
import { keepSection } from './kept-sections.ts';
import { normalizeSet } from './package-set.ts';
import { ensureSourceVersions, insertPackageSet } from './package-set-store.ts';
import { readSection } from './section.ts';
import { insertSection, type NewSection } from './section-store.ts';

export interface SentSection {
  readonly name: SectionName;
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly at: Instant;
}

/**
 * Keeps a section under its hash. No change of anything that is recorded: it is content, and means something only when
 * a check-in names it. Sent twice or by a hundred hosts at once, it is stored once.
 */
export async function storeSection(db: Db, sent: SentSection): Promise<void> {
  const section = readSection(sent.name, sent.hash, sent.bytes);
  const row = { name: sent.name, hash: sent.hash, text: new TextDecoder().decode(sent.bytes), at: sent.at };
  await storeRow(db, row, section);
  keepSection(sent.name, { hash: sent.hash, bytes: sent.bytes.length }, section);
}

async function storeRow(db: Db, row: NewSection, section: InventorySections[SectionName]): Promise<void> {
  if (!isPackageSet(section)) {
    await inStatement(() => insertSection(db, row));
    return;
  }
  const set = normalizeSet(section);
  const sourceIds = await ensureSourceVersions(db, set.sources);
  await inStatement(() => insertPackageSet(db, row, section, set, sourceIds));
}

function isPackageSet(section: InventorySections[SectionName]): section is PackageSet {
  return 'packages' in section;
}
