import { crc32, deflateRawSync } from 'node:zlib';

// PKWARE APPNOTE 6.3.10 §4.3 and §4.5.3; the reader in zip.ts has the same words.
const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END64_SIGNATURE = 0x06064b50;
const END64_LOCATOR_SIGNATURE = 0x07064b50;
const END_SIGNATURE = 0x06054b50;
const LOCAL_BYTES = 30;
const ENTRY_BYTES = 46;
const END64_BYTES = 56;
const END64_LOCATOR_BYTES = 20;
const END_BYTES = 22;
/** The header and length of a zip64 field, and the one number in it. */
const OFFSET64_BYTES = 12;
const ZIP64_EXTRA = 0x0001;
const IN_ZIP64 = 0xffffffff;
const ENTRIES_IN_ZIP64 = 0xffff;
const VERSION_NEEDED = 45;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** 1980-01-01, the first day that the format knows: equal records give equal bytes. */
const FIRST_DAY = 0x21;

interface Written {
  readonly name: Uint8Array;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

/** As many as an export of ours may have, and as our reader takes. */
export const ZIP_ENTRIES_MAX = 1_000_000;

/** A zip archive of these files. */
export function zipOf(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Buffer {
  const zip = new ZipWriter();
  return Buffer.concat([...files.map(({ name, bytes }) => zip.entry(name, bytes)), ...zip.end()]);
}

/** A zip archive, piece by piece: only its directory is in memory. */
export class ZipWriter {
  readonly #written: Written[] = [];
  #offset: number;

  /** `offset`: how many bytes stand before the archive. */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** What is to be written for one file. Its content is in memory as a whole. Throws RangeError where there are too many. */
  entry(name: string, content: Uint8Array): Uint8Array {
    if (this.#written.length === ZIP_ENTRIES_MAX) {
      throw new RangeError(`an archive has no more than ${ZIP_ENTRIES_MAX} files`);
    }
    const packed = deflateRawSync(content);
    const entry: Written = {
      name: new TextEncoder().encode(name),
      checksum: crc32(content),
      packedBytes: packed.length,
      bytes: content.length,
      offset: this.#offset,
    };
    const header = Buffer.alloc(LOCAL_BYTES);
    header.writeUInt32LE(LOCAL_SIGNATURE, 0);
    writeFacts(header, 4, entry);
    const all = Buffer.concat([header, entry.name, packed]);
    this.#written.push(entry);
    this.#offset += all.length;
    return all;
  }

  /** What is to be written last: the directory. */
  *end(): Generator<Uint8Array> {
    const start = this.#offset;
    for (const entry of this.#written) {
      const header = directoryEntry(entry);
      this.#offset += header.length;
      yield header;
    }
    yield endOf(this.#written.length, start, this.#offset - start);
  }
}

/** What both headers of a file say alike. // §4.3.7, §4.3.12 */
function writeFacts(header: Buffer, at: number, { name, checksum, packedBytes, bytes }: Written): void {
  header.writeUInt16LE(VERSION_NEEDED, at);
  header.writeUInt16LE(UTF8_NAMES, at + 2);
  header.writeUInt16LE(DEFLATED, at + 4);
  header.writeUInt16LE(FIRST_DAY, at + 8);
  header.writeUInt32LE(checksum, at + 10);
  header.writeUInt32LE(packedBytes, at + 14);
  header.writeUInt32LE(bytes, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

function directoryEntry(entry: Written): Buffer {
  const header = Buffer.alloc(ENTRY_BYTES);
  header.writeUInt32LE(ENTRY_SIGNATURE, 0);
  header.writeUInt16LE(VERSION_NEEDED, 4);
  writeFacts(header, 6, entry);
  const isFar = entry.offset >= IN_ZIP64;
  header.writeUInt16LE(isFar ? OFFSET64_BYTES : 0, 30);
  header.writeUInt32LE(isFar ? IN_ZIP64 : entry.offset, 42);
  if (!isFar) return Buffer.concat([header, entry.name]);
  const extra = Buffer.alloc(OFFSET64_BYTES);
  extra.writeUInt16LE(ZIP64_EXTRA, 0);
  extra.writeUInt16LE(OFFSET64_BYTES - 4, 2);
  extra.writeBigUInt64LE(BigInt(entry.offset), 4);
  return Buffer.concat([header, entry.name, extra]);
}

/** The end of the archive, with the longer one before it where its numbers are too large. // §4.3.14 to §4.3.16 */
function endOf(entries: number, start: number, directoryBytes: number): Buffer {
  const isLong = entries >= ENTRIES_IN_ZIP64 || start >= IN_ZIP64 || directoryBytes >= IN_ZIP64;
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(isLong ? ENTRIES_IN_ZIP64 : entries, 8);
  end.writeUInt16LE(isLong ? ENTRIES_IN_ZIP64 : entries, 10);
  end.writeUInt32LE(isLong ? IN_ZIP64 : directoryBytes, 12);
  end.writeUInt32LE(isLong ? IN_ZIP64 : start, 16);
  if (!isLong) return end;
  const end64 = Buffer.alloc(END64_BYTES);
  end64.writeUInt32LE(END64_SIGNATURE, 0);
  end64.writeBigUInt64LE(BigInt(END64_BYTES - 12), 4);
  end64.writeUInt16LE(VERSION_NEEDED, 12);
  end64.writeUInt16LE(VERSION_NEEDED, 14);
  end64.writeBigUInt64LE(BigInt(entries), 24);
  end64.writeBigUInt64LE(BigInt(entries), 32);
  end64.writeBigUInt64LE(BigInt(directoryBytes), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(END64_LOCATOR_BYTES);
  locator.writeUInt32LE(END64_LOCATOR_SIGNATURE, 0);
  locator.writeBigUInt64LE(BigInt(start + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}
