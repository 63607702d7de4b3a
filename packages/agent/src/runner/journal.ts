import { constants } from 'node:fs';
import { type FileHandle, open, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { errorCode, syncDirectory } from '../platform/files.ts';
import { Problem } from '../platform/problem.ts';

/** A job writes about twenty records; a damaged disk must not make us read without end. */
const JOURNAL_BYTES_MAX = 64 * 1024 * 1024;
const PRIVATE_FILE = 0o600;
const CRC_DIGITS = 8;
const NEWLINE = 0x0a;

/** A record before the last does not have its checksum: nothing after it can be believed. */
class JournalDamagedError extends Problem {
  constructor(path: string, line: number) {
    super(
      'journal-damaged',
      `${path} is damaged in line ${line}`,
      'look at the disk; see what is installed with "dpkg --audit", then move the file away and run "patchsteward-agent status"',
    );
  }
}

/**
 * What was decided before it was done: one record a line, each with its checksum, each on the disk before `append`
 * returns. After a power cut the file ends with the last whole record, and what followed was never acted upon.
 */
export class Journal<Record> {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** All whole records. A torn last line is cut off: its writer never came to act on it. */
  async read(): Promise<Record[]> {
    const bytes = await bytesOf(this.path);
    const { records, goodBytes } = replay<Record>(bytes, this.path);
    if (goodBytes < bytes.length) await truncate(this.path, goodBytes);
    return records;
  }

  async append(record: Record): Promise<void> {
    const file = await open(this.path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, PRIVATE_FILE);
    try {
      const size = await cutTornLine(file);
      await file.writeFile(lineOf(record), 'utf8');
      await file.datasync();
      // A new file is only as durable as its name.
      if (size === 0) await syncDirectory(dirname(this.path));
    } finally {
      await file.close();
    }
  }
}

/** A full disk may have let half a line through; what follows must not stand behind it. Gives the size that is left. */
async function cutTornLine(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const last = Buffer.alloc(1);
  if (size === 0 || ((await file.read(last, 0, 1, size - 1)).bytesRead === 1 && last[0] === NEWLINE)) return size;
  const good = (await file.readFile()).lastIndexOf(NEWLINE) + 1;
  await file.truncate(good);
  return good;
}

function lineOf(record: unknown): string {
  const text = JSON.stringify(record);
  return `${checksumOf(text)} ${text}\n`;
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(CRC_DIGITS, '0');
}

function replay<Record>(bytes: Buffer, path: string): { records: Record[]; goodBytes: number } {
  const records: Record[] = [];
  let start = 0;
  for (let line = 1; start < bytes.length; line += 1) {
    const newline = bytes.indexOf('\n', start);
    const end = newline === -1 ? bytes.length : newline;
    const text = bytes.toString('utf8', start, end);
    const body = text.slice(CRC_DIGITS + 1);
    const whole = newline !== -1 && text === `${checksumOf(body)} ${body}`;
    if (!whole) {
      const last = newline === -1 || newline === bytes.length - 1;
      if (last) return { records, goodBytes: start };
      throw new JournalDamagedError(path, line);
    }
    // Written by `append` of this class alone, into a folder of root's, and covered by its checksum.
    records.push(JSON.parse(body) as Record);
    start = end + 1;
  }
  return { records, goodBytes: start };
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > JOURNAL_BYTES_MAX)
      throw new Problem('journal-too-large', `${path} is too large`, 'look at the disk');
    return bytes;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
