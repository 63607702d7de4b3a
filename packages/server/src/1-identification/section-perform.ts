import type { Instant, InventorySections, PackageSet, SectionName } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';
import { inTransaction } from '../platform/transaction.ts';
import { normalizeSet } from './package-set.ts';
import { ensureSourceVersions, insertPackageSet } from './package-set-store.ts';
import { readSection } from './section.ts';
import { insertSection } from './section-store.ts';

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
  if (!isPackageSet(section)) {
    await inTransaction(db, (tx) => insertSection(tx, row));
    return;
  }
  const set = normalizeSet(section);
  const sourceIds = await ensureSourceVersions(db, set.sources);
  await inTransaction(db, async (tx) => {
    if (await insertSection(tx, row)) await insertPackageSet(tx, sent.hash, section, set, sourceIds);
  });
}

function isPackageSet(section: InventorySections[SectionName]): section is PackageSet {
  return 'packages' in section;
}
