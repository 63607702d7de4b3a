import type { AssetOutcome, AssetsChanged, ChangeRefusal } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { z } from 'zod';
import type { JsonValue } from '../platform/column-types.ts';
import type { Reader } from '../platform/database.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import type { AssetDifferences } from './asset-change.ts';
import type { BulkOutcome } from './bulk-decision.ts';
import { type BulkChange, countOutcomes, type KeptChange, listOutcomes, type OutcomeRow } from './bulk-store.ts';

/** As many as a person looks at; all of them come in pages. */
const ITEMS_SHOWN = 50;

const SENTENCES: Readonly<Record<ChangeRefusal, string>> = {
  gone: 'There is no such asset.',
  'changed-since': 'Somebody changed it since; look at it and change it by itself.',
  'group-gone': 'There is no such maintenance group any more.',
  'too-many-tags': 'It would have more than 50 tags.',
};

export async function bulkBody(db: Reader, change: BulkChange): Promise<AssetsChanged> {
  const { undoneBy, ...counts } = await countOutcomes(db, change.id);
  return {
    id: change.id,
    kind: change.kind,
    state: counts.remaining === 0 ? 'done' : 'running',
    begunAt: timestampOf(change.begunAt),
    ...counts,
    items: (await listOutcomes(db, change.id, { after: undefined, limit: ITEMS_SHOWN })).map(outcomeBody),
    keptByHand: change.keptByHand,
    undoneBy,
  };
}

interface Found {
  readonly assetId: string;
  readonly name: string | null;
  readonly outcome: BulkOutcome;
}

export function previewBody(
  change: {
    readonly id: string;
    readonly kind: AssetsChanged['kind'];
    readonly begunAt: Instant;
    readonly keptByHand: number;
  },
  found: readonly Found[],
): AssetsChanged {
  const of = (outcome: BulkOutcome['outcome']) => found.filter((one) => one.outcome.outcome === outcome);
  const shown = [...of('refused'), ...of('changed')].slice(0, ITEMS_SHOWN);
  return {
    id: change.id,
    kind: change.kind,
    state: 'preview',
    begunAt: timestampOf(change.begunAt),
    total: found.length,
    changed: of('changed').length,
    unchanged: of('unchanged').length,
    refused: of('refused').length,
    remaining: found.length,
    items: shown.map(({ assetId, name, outcome }) =>
      outcomeBody({
        assetId,
        name,
        outcome: outcome.outcome,
        why: outcome.outcome === 'refused' ? outcome.why : null,
        changes: outcome.outcome === 'changed' ? outcome.changes : null,
      }),
    ),
    keptByHand: change.keptByHand,
    undoneBy: null,
  };
}

const Place = z.tuple([z.number(), z.string(), z.uuid()]);

export async function outcomePage(
  db: Reader,
  change: KeptChange,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Place);
  // One more than asked for says whether there is a next page.
  const rows = await listOutcomes(db, change.id, { after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(outcomeBody),
    next:
      last === undefined || rows.length === shown.length
        ? null
        : encodeCursor([last.rank, last.nameThen, last.assetId]),
    total: change.assets,
  };
}

function outcomeBody({
  assetId,
  name,
  outcome,
  why,
  changes,
}: Pick<OutcomeRow, 'assetId' | 'name' | 'outcome' | 'why' | 'changes'>): AssetOutcome {
  return {
    assetId,
    name,
    outcome: outcome ?? 'waiting',
    why,
    sentence: why === null ? null : SENTENCES[why],
    changes: changesBody(changes ?? {}),
  };
}

/** What differs, as a person reads it. */
export function changesBody(changes: AssetDifferences): AssetOutcome['changes'] {
  return Object.entries(changes).map(([field, { before, after }]) => ({
    field,
    before: valueText(before),
    after: valueText(after),
  }));
}

function valueText(value: JsonValue): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function timestampOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
