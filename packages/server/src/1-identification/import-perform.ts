import type { AssetImport, AssetImported } from '@patchsteward/contract';
import type { Corridor } from '../platform/corridor.ts';
import type { Db, Reader } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import type { By } from './asset-perform.ts';
import { hashOf } from './bulk-perform.ts';
import { readMaintenanceGroups } from './bulk-store.ts';
import { importedBody, keptBody } from './import-body.ts';
import { decideImport, type LineDecision } from './import-decision.ts';
import { entriesOf, type ListEntries } from './import-entries.ts';
import { type KeptImport, lockImports, readImport, readListedTargets, storeImport } from './import-store.ts';
import { coreRule } from './rule-change.ts';
import { readRules } from './rule-store.ts';

interface ImportParts {
  readonly db: Db;
  readonly corridor: Corridor;
}

/** Adds and changes what a list names, all of it or nothing. // SOP P1.2, checklist c1 */
export async function importAssets(
  { db, corridor }: ImportParts,
  request: AssetImport,
  by: By,
): Promise<AssetImported> {
  const { key: id, source, preview } = request;
  const list = entriesOf(request.list);
  if (preview) {
    const decisions = await decisionsOf(db, request, list, { by, lock: false });
    return importedBody({ id, source, at: by.at }, list.columns, decisions);
  }
  const requestHash = hashOf({ source, list: request.list });
  await corridor.change(by, async (tx) => {
    await lockImports(tx);
    const before = await readImport(tx, id);
    if (before !== undefined) return { value: requireSame(before, requestHash) };
    const decisions = await decisionsOf(tx, request, list, { by, lock: true });
    await storeImport(tx, { id, source, actor: by.actor, at: by.at, requestHash }, decisions);
    const written = decisions.flatMap((one) => (one.outcome === 'added' || one.outcome === 'changed' ? [one] : []));
    return {
      value: undefined,
      leaves: written.flatMap(({ leaves }) => leaves),
      wishes: written.flatMap(({ wishes }) => wishes),
    };
  });
  const kept = await readImport(db, id);
  if (kept === undefined) throw new Refusal('not-found', `There is no import ${id}.`);
  return keptBody(db, kept, list.columns);
}

function requireSame({ requestHash }: KeptImport, wanted: string): undefined {
  if (requestHash === wanted) return;
  throw new Refusal('conflict', 'This key belongs to the import of another list; take a new one.', {
    details: [{ path: 'body.key', problem: 'was used for another list' }],
  });
}

async function decisionsOf(
  db: Reader,
  { key: id, source, list: { form } }: AssetImport,
  { entries, unusable }: ListEntries,
  { by, lock }: { readonly by: By; readonly lock: boolean },
): Promise<LineDecision[]> {
  const named = entries.map(({ entry, asset }) => ({ entry, name: asset.name }));
  const targets = await readListedTargets(db, source, named, lock);
  const decisions = decideImport(entries, {
    ...{ id, source, origin: form === 'csv' ? 'import' : 'api', ...targets },
    rules: (await readRules(db)).map(coreRule),
    maintenanceGroups: await readMaintenanceGroups(db),
    newIds: entries.map(() => newId(by.at)),
  });
  const refused = unusable.map((one): LineDecision => ({ ...one, outcome: 'refused' }));
  return [...decisions, ...refused].sort((one, other) => one.line - other.line);
}
