import { createHash, type KeyObject, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { encodeLine, keyText, type PackLine, signEnd } from '@patchsteward/trust/record';
import type { Db, Tx } from '../platform/database.ts';
import { readCheckpoints, readEntries } from './export-store.ts';

/** Entries of one query: some megabytes in memory at most. */
const ENTRIES_AT_ONCE_MAX = 1_000;
/** Lines are written in pieces of this size: a system call for each would cost more than all else. */
const PIECE_CHARACTERS = 1024 * 1024;

export interface ExportLines {
  readonly key: KeyObject;
  readonly origin: string;
  /** The last checkpoint that this server keeps outside of its database; null before the first. */
  readonly remembered: string | null;
  /** Rows about campaigns, as the corridor names them. */
  readonly rows: (tx: Tx) => AsyncIterable<Extract<PackLine, { readonly line: 'row' }>>;
}

export interface ExportParts extends ExportLines {
  readonly db: Db;
  /** A folder of the server that nobody else reads. */
  readonly scratchDirectory: string;
}

/**
 * The whole record as one file. It is written first and sent then: what is read is one moment of the database, and a
 * slow reader holds no snapshot of it open. // SOP P7.2
 */
export async function exportRecord(parts: ExportParts): Promise<Readable> {
  await mkdir(parts.scratchDirectory, { recursive: true, mode: 0o700 });
  const path = join(parts.scratchDirectory, `record-${randomUUID()}.jsonl`);
  const file = await open(path, 'wx+', 0o600);
  try {
    await parts.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((tx) => writeRecord(parts, tx, (text) => file.appendFile(text)));
  } catch (error) {
    await file.close();
    throw error;
  } finally {
    // The open file stays readable; its name need not outlive a crash.
    await rm(path, { force: true });
  }
  return createReadStream('', { fd: file, start: 0 });
}

/** The lines of an export, as one transaction sees the database. */
export async function writeRecord(parts: ExportLines, tx: Tx, write: (text: string) => Promise<void>): Promise<void> {
  const digest = createHash('sha256');
  let lines = 0;
  let piece = '';
  const put = async (line: PackLine): Promise<void> => {
    const text = encodeLine(line);
    lines += 1;
    if (line.line !== 'end') digest.update(text);
    piece += text;
    if (piece.length < PIECE_CHARACTERS) return;
    await write(piece);
    piece = '';
  };

  for await (const line of recordLines(parts, tx)) await put(line);
  if (parts.remembered !== null) await put({ line: 'remembered', note: parts.remembered });
  for await (const row of parts.rows(tx)) await put(row);
  const hash = `sha256:${digest.digest('hex')}`;
  await put({ line: 'end', lines: lines + 1, sha256: hash, signature: signEnd(parts.key, hash, lines + 1) });
  await write(piece);
}

/** Entries in order, each checkpoint behind the last entry that it covers. */
async function* recordLines({ key, origin }: ExportLines, tx: Tx): AsyncIterable<PackLine> {
  const checkpoints = await readCheckpoints(tx);
  const size = checkpoints.at(-1)?.size ?? 0;
  yield { line: 'record', format: 1, origin, key: keyText(key), size };
  const waiting = checkpoints.values();
  let next = waiting.next();
  for (let from = 0; from < size; from += ENTRIES_AT_ONCE_MAX) {
    for (const entry of await readEntries(tx, from, Math.min(from + ENTRIES_AT_ONCE_MAX, size))) {
      yield entry;
      while (!next.done && next.value.size <= entry.index + 1) {
        yield next.value;
        next = waiting.next();
      }
    }
  }
}
