import { isZip, unpacked } from '../archive/unpack.ts';
import { type ZipLimits, zipEntries } from '../archive/zip.ts';
import { ZIP_ENTRIES_MAX } from '../archive/zip-write.ts';
import { FeedUnreadable } from '../feed-unreadable.ts';
import { parseJson } from '../json.ts';

/** One value that should be an OSV record, with its place in the file. */
export interface RawRecord {
  readonly where: string;
  readonly value: unknown;
}

/** As many records as an export of our own may have; eight times the size of the whole Debian export. */
const ZIP_LIMITS: ZipLimits = {
  entriesMax: ZIP_ENTRIES_MAX,
  entryBytesMax: 64 * 1024 * 1024,
  totalBytesMax: 4 * 1024 * 1024 * 1024,
};

const LINE_FEED = 0x0a;

/** The records of a file: one JSON record, an array of them, one per line, or a zip of files with one each. */
export function* rawRecords(bytes: Uint8Array): Generator<RawRecord> {
  if (isZip(bytes)) {
    for (const { name, bytes: content } of zipEntries(bytes, ZIP_LIMITS)) {
      if (name.endsWith('.json')) yield { where: name, value: parseJson(content, name) };
    }
    return;
  }
  const plain = unpacked(bytes);
  if (isOnePerLine(plain)) yield* lines(plain);
  else yield* document(plain);
}

/** Whether the first line is a record by itself; a printed document opens its braces there and closes them later. */
function isOnePerLine(plain: Uint8Array): boolean {
  const start = plain.findIndex((byte) => !isBlank(byte));
  const end = plain.indexOf(LINE_FEED, start);
  if (start === -1 || end === -1) return false;
  const first = new TextDecoder().decode(plain.subarray(start, end)).trimEnd();
  return first.startsWith('{') && first.endsWith('}');
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function* lines(plain: Uint8Array): Generator<RawRecord> {
  let number = 0;
  for (let start = 0; start < plain.length; ) {
    const feed = plain.indexOf(LINE_FEED, start);
    const end = feed === -1 ? plain.length : feed;
    const line = plain.subarray(start, end);
    start = end + 1;
    number += 1;
    // A line that is no JSON means that the file is not what was published: what it lost is unknown, so it is refused.
    if (!line.every(isBlank)) yield { where: `line ${number}`, value: parseJson(line, `line ${number}`) };
  }
}

function* document(plain: Uint8Array): Generator<RawRecord> {
  const value = parseJson(plain, 'the file');
  if (!Array.isArray(value)) {
    yield { where: 'the record', value };
    return;
  }
  if (value.length === 0) throw new FeedUnreadable('not-this-feed', 'the file holds no record');
  for (const [index, item] of value.entries()) yield { where: `record ${index + 1}`, value: item };
}
