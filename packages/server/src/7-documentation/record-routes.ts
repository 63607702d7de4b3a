import type { KeyObject } from 'node:crypto';
import { keyText } from '@patchsteward/trust/record';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { RECORD_ORIGIN } from './checkpoint.ts';
import { readLastCheckpoint } from './checkpoint-store.ts';
import { type EntryRow, listEntries, readRecordSize } from './entry-store.ts';
import { type ExportParts, exportRecord } from './export.ts';
import { createProofs } from './record-proof.ts';

const EntryCursor = z.tuple([z.number().int()]);

interface RecordParts extends Pick<ExportParts, 'key' | 'scratchDirectory' | 'rows'> {
  readonly db: Db;
  /** Gives every committed entry its place and signs what the record is now; answers with the checkpoint it remembers. */
  readonly settle: () => Promise<string | null>;
}

type RecordRouteId = 'record.show' | 'record.list' | 'record.prove' | 'record.consistency' | 'record.export';

export function recordRoutes(parts: RecordParts): Handlers<RecordRouteId> {
  const { db, key, settle } = parts;
  const proofs = createProofs({ db, key: keyText(key), settle });
  return {
    'record.show': () => recordState(db, key),
    'record.list': async ({ query }) => {
      const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, EntryCursor)[0];
      const { cursor: _, limit, ...filter } = query;
      const { rows, total } = await listEntries(db, filter, { after, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const next = last === undefined || rows.length === shown.length ? null : encodeCursor([last.serial]);
      return { items: shown.map(entryBody), next, total };
    },
    'record.prove': ({ params }) => proofs.prove(params.id),
    'record.consistency': ({ query }) => proofs.consistency(query.from),
    'record.export': async ({ now }) => {
      const remembered = await settle();
      const bytes = await exportRecord({ ...parts, origin: RECORD_ORIGIN, remembered });
      const day = new Date(now).toISOString().slice(0, 10);
      return { bytes, mediaType: 'application/jsonl', fileName: `patchsteward-record-${day}.jsonl` };
    },
  };
}

async function recordState(db: Db, key: KeyObject) {
  const [entries, last] = await Promise.all([readRecordSize(db), readLastCheckpoint(db)]);
  const checkpoint =
    last === undefined
      ? null
      : { size: last.size, root: last.rootHash, at: new Date(last.at).toISOString(), note: last.note };
  return { entries, key: keyText(key), origin: RECORD_ORIGIN, checkpoint };
}

function entryBody(row: EntryRow) {
  const { serial: _, ...entry } = row;
  return { ...entry, at: new Date(entry.at).toISOString() };
}
