import { type AssetImported, IMPORT_LINES_SHOWN } from '@patchsteward/contract';
import type { ListColumn } from '@patchsteward/standards/asset-list';
import type { Reader } from '../platform/database.ts';
import { changesBody } from './bulk-body.ts';
import type { LineDecision } from './import-decision.ts';
import { type KeptImport, type KeptLine, readLines } from './import-store.ts';

type Head = Pick<KeptImport, 'id' | 'source' | 'at'>;

/** What an import would do. */
export function importedBody(
  head: Head,
  columns: readonly ListColumn[],
  decisions: readonly LineDecision[],
): AssetImported {
  const lines = decisions.map(lineOf);
  const count = (outcome: KeptLine['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  const inOrder = [...lines].sort((one, other) => rankOf(one) - rankOf(other) || one.line - other.line);
  return {
    ...headOf(head, columns),
    state: 'preview',
    total: lines.length,
    ...{ added: count('added'), changed: count('changed'), unchanged: count('unchanged'), refused: count('refused') },
    items: inOrder.slice(0, IMPORT_LINES_SHOWN).map(lineBody),
    undone: false,
  };
}

/** What an import did. */
export async function keptBody(db: Reader, kept: KeptImport, columns: readonly ListColumn[]): Promise<AssetImported> {
  const { added, changed, unchanged, refused, undoneAt } = kept;
  return {
    ...headOf(kept, columns),
    state: 'done',
    ...{ total: added + changed + unchanged + refused, added, changed, unchanged, refused },
    items: (await readLines(db, kept.id, IMPORT_LINES_SHOWN)).map(lineBody),
    undone: undoneAt !== null,
  };
}

function headOf({ id, source, at }: Head, columns: readonly ListColumn[]) {
  return {
    ...{ id, source, at: new Date(at).toISOString() },
    columns: columns.map(({ header, field }) => ({ header, field })),
  };
}

/** What a person must see comes first. */
function rankOf({ outcome, problems }: KeptLine): number {
  if (outcome === 'refused') return 1;
  if (problems.length > 0) return 2;
  return outcome === 'unchanged' ? 4 : 3;
}

function lineOf(decision: LineDecision): KeptLine {
  const { line, name, outcome, problems } = decision;
  return {
    ...{ line, name, outcome, problems },
    // What is only looked at has no asset yet.
    assetId: outcome === 'changed' || outcome === 'unchanged' ? decision.assetId : null,
    changes: outcome === 'added' || outcome === 'changed' ? decision.changes : null,
  };
}

function lineBody({ changes, problems, ...line }: KeptLine): AssetImported['items'][number] {
  const said = changesBody(changes ?? {});
  // An asset has a version of its own, which counts its changes; a list means that of the product.
  const asListed = said.map((one) => (one.field === 'productVersion' ? { ...one, field: 'version' } : one));
  return { ...line, problems: [...problems], changes: asListed };
}
