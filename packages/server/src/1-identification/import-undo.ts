import type { AssetImportUndone } from '@patchsteward/contract';
import type { NewLeaf, Wish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import type { By } from './asset-perform.ts';
import type { ListedTarget } from './import-decision.ts';
import { lockImports, readImport } from './import-store.ts';
import {
  forgetListings,
  giveBackListings,
  hasLaterImport,
  markUndone,
  readUndoLines,
  type UndoLine,
} from './import-undo-store.ts';
import type { RemovalParts } from './removal-perform.ts';
import { takeOut } from './removal-store.ts';
import { readTargets, writeTargets } from './target-store.ts';

/** What an undo does to one line's asset. */
type UndoDecision =
  | { readonly kind: 'keep'; readonly problem: string }
  | { readonly kind: 'remove' }
  | { readonly kind: 'restore'; readonly target: ListedTarget }
  | { readonly kind: 'forget' };

/** What somebody did since stays: an undo takes back what the import did, and nothing else. */
export function decideUndo(
  line: UndoLine,
  target: ListedTarget | undefined,
  campaign: string | undefined,
): UndoDecision {
  if (line.outcome === 'unchanged') return { kind: 'forget' };
  if (target === undefined || target.removed) return { kind: 'keep', problem: 'It was taken out of the inventory.' };
  if (target.version !== line.versionAfter) return { kind: 'keep', problem: 'Somebody changed it since.' };
  if (line.outcome === 'changed') {
    const before = Object.fromEntries(Object.entries(line.changes).map(([field, change]) => [field, change.before]));
    const version = target.version + 1;
    return { kind: 'restore', target: { ...target, ...before, version, setByHand: line.byHandBefore } };
  }
  if (campaign !== undefined) return { kind: 'keep', problem: `It is in the open campaign “${campaign}”.` };
  return { kind: 'remove' };
}

/** Takes the last import of a list back. */
export async function undoImport(parts: RemovalParts, id: string, by: By): Promise<AssetImportUndone> {
  return parts.corridor.change(by, async (tx) => {
    await lockImports(tx);
    const kept = await readImport(tx, id);
    if (kept === undefined) throw new Refusal('not-found', `There is no import ${id}.`);
    if (kept.undoneAt !== null) throw new Refusal('conflict', 'This import was taken back already.');
    if (await hasLaterImport(tx, kept)) {
      throw new Refusal('conflict', `A later import of the list ${kept.source} stands; take that back first.`);
    }
    const lines = await readUndoLines(tx, id);
    const targets = await readTargets(
      tx,
      lines.map(({ assetId }) => assetId),
      true,
    );
    const done: (readonly [UndoLine, UndoDecision])[] = [];
    for (const line of lines) {
      const [campaign] = line.outcome === 'added' ? await parts.openCampaignsOf(tx, line.assetId) : [];
      done.push([line, decideUndo(line, targets.get(line.assetId), campaign)]);
    }
    const leaves = await undone(tx, { id, source: kept.source }, done, by);
    await markUndone(tx, id, by);
    return { value: bodyOf(id, done), leaves, wishes: wishesOf(done) };
  });
}

async function undone(
  tx: Tx,
  { id, source }: { readonly id: string; readonly source: string },
  done: readonly (readonly [UndoLine, UndoDecision])[],
  by: By,
): Promise<NewLeaf[]> {
  const leaves: NewLeaf[] = [];
  const restored = done.flatMap(([, decision]) => (decision.kind === 'restore' ? [decision.target] : []));
  await writeTargets(tx, restored);
  for (const [{ assetId, name, changes }, decision] of done) {
    if (decision.kind === 'remove') {
      const why = `The import of the list ${source} was taken back.`;
      const removal = { assetId, at: by.at, by: by.actor, why, mergedInto: null, into: null };
      const keys = await takeOut(tx, removal);
      leaves.push({ kind: 'asset.removed', subject: assetId, payload: { name, why, keys, import: id } });
    }
    if (decision.kind === 'restore') {
      const back = Object.entries(changes).map(([field, { before, after }]) => [
        field,
        { before: after, after: before },
      ]);
      const payload = { version: decision.target.version, changes: Object.fromEntries(back), undoes: id };
      leaves.push({ kind: 'asset.changed', subject: assetId, payload });
    }
  }
  const lines = done.flatMap(([line, { kind }]) => (kind === 'keep' ? [] : [line]));
  await giveBackListings(tx, source, lines);
  await forgetListings(tx, source, lines);
  return leaves;
}

function wishesOf(done: readonly (readonly [UndoLine, UndoDecision])[]): Wish[] {
  return done.flatMap(([{ assetId }, { kind }]) =>
    kind === 'restore' ? [{ kind: 'assess', key: `asset:${assetId}`, payload: { assetId } }] : [],
  );
}

function bodyOf(id: string, done: readonly (readonly [UndoLine, UndoDecision])[]): AssetImportUndone {
  const count = (kind: UndoDecision['kind']) => done.filter(([, decision]) => decision.kind === kind).length;
  return {
    id,
    removed: count('remove'),
    restored: count('restore'),
    kept: done.flatMap(([{ line, name }, decision]) =>
      decision.kind === 'keep' ? [{ line, name, problem: decision.problem }] : [],
    ),
  };
}
