import { isZip } from '../archive/unpack.ts';
import { type ZipLimits, zipEntries } from '../archive/zip.ts';
import { parseJson } from '../json.ts';
import { type RawRecord, rawRecords } from '../osv/records.ts';

/** The list has 330,000 records of some kilobytes; five times as many, and three times as much. */
const ZIP_LIMITS: ZipLimits = {
  entriesMax: 1_600_000,
  entryBytesMax: 16 * 1024 * 1024,
  totalBytesMax: 12 * 1024 * 1024 * 1024,
};
/** The release of the whole list is a zip that holds nothing but a zip. */
const OUTER_LIMITS: ZipLimits = { entriesMax: 16, entryBytesMax: 3 * 1024 ** 3, totalBytesMax: 3 * 1024 ** 3 };

/** Beside the records the archives hold their own logs of changes. */
const RECORD_NAME = /(?:^|\/)CVE-\d{4}-\d{4,}\.json$/;

/** The CVE records of a file, one after another: of the list only one is unpacked at a time. */
export function* cveRecords(bytes: Uint8Array): Generator<RawRecord> {
  if (!isZip(bytes)) {
    yield* rawRecords(bytes);
    return;
  }
  const inner = innerArchive(bytes);
  for (const { name, bytes: content } of zipEntries(inner ?? bytes, ZIP_LIMITS)) {
    if (RECORD_NAME.test(name)) yield { where: name, value: parseJson(content, name) };
  }
}

/** null: the archive holds the records itself. One level, and no more: an archive in an archive in an archive is a bomb. */
function innerArchive(bytes: Uint8Array): Uint8Array | null {
  if (!firstNameOf(bytes).endsWith('.zip')) return null;
  for (const { name, bytes: content } of zipEntries(bytes, OUTER_LIMITS)) {
    if (name.endsWith('.zip') && isZip(content)) return content;
  }
  return null;
}

/** The name of the first file stands before it, unpacked. // APPNOTE §4.3.7 */
function firstNameOf(bytes: Uint8Array): string {
  const length = (bytes[26] ?? 0) + 256 * (bytes[27] ?? 0);
  return new TextDecoder().decode(bytes.subarray(30, 30 + length));
}
