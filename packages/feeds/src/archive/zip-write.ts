import { crc32, deflateRawSync } from 'node:zlib';

// PKWARE APPNOTE 6.3.10 §4.3. Without its 64-bit fields: what is written here is far below them.
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const VERSION = 20;
/** Names are UTF-8. // APPNOTE §4.4.4, bit 11 */
const UTF8_NAMES = 1 << 11;
const DEFLATED = 8;
/** 1980-01-01, the first day of the format: the same files give the same bytes. */
const NO_DATE = 0x21;
const ENTRIES_MAX = 0xffff;

/** A zip archive of these files. */
export function zipOf(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Buffer {
  if (files.length > ENTRIES_MAX) throw new RangeError(`a zip has up to ${ENTRIES_MAX} files, not ${files.length}`);
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes);
    const label = Buffer.from(name);
    const facts = factsOf(bytes, packed, label);
    const local = Buffer.alloc(LOCAL_BYTES);
    local.writeUInt32LE(LOCAL_SIGNATURE, 0);
    facts.copy(local, 4);
    const entry = Buffer.alloc(ENTRY_BYTES);
    entry.writeUInt32LE(ENTRY_SIGNATURE, 0);
    entry.writeUInt16LE(VERSION, 4);
    facts.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    parts.push(local, label, packed);
    directory.push(entry, label);
    at += LOCAL_BYTES + label.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
}

const FACTS_BYTES = 26;

/** What both headers of a file say of it. */
function factsOf(bytes: Uint8Array, packed: Buffer, label: Buffer): Buffer {
  const facts = Buffer.alloc(FACTS_BYTES);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt16LE(UTF8_NAMES, 2);
  facts.writeUInt16LE(DEFLATED, 4);
  facts.writeUInt16LE(NO_DATE, 8);
  facts.writeUInt32LE(crc32(bytes), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(bytes.length, 18);
  facts.writeUInt16LE(label.length, 22);
  return facts;
}
