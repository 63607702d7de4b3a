import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL_BYTES = 30;
const ENTRY_BYTES = 46;
const END_BYTES = 22;
const STORED = 0;
const DEFLATED = 8;

/** A zip with one file, as others write it; `size`: what its directory says that it unpacks to. // APPNOTE §4.3 */
export function zipFile(name: string, content: Uint8Array, { packed = false, size = content.length } = {}): Buffer {
  const data = packed ? deflateRawSync(content) : content;
  const facts = { method: packed ? DEFLATED : STORED, checksum: crc32(content), packedSize: data.length, size };
  const local = Buffer.alloc(LOCAL_BYTES);
  local.writeUInt32LE(0x04034b50, 0);
  writeFacts(local, 8, name, facts);
  const entry = Buffer.alloc(ENTRY_BYTES);
  entry.writeUInt32LE(0x02014b50, 0);
  writeFacts(entry, 10, name, facts);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(LOCAL_BYTES + name.length + data.length, 16);
  return Buffer.concat([local, Buffer.from(name), data, entry, Buffer.from(name), end]);
}

interface FileFacts {
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
}

/** Both headers say the same of a file, the one two bytes behind the other. */
function writeFacts(header: Buffer, at: number, name: string, { method, checksum, packedSize, size }: FileFacts): void {
  header.writeUInt16LE(method, at);
  header.writeUInt32LE(checksum, at + 6);
  header.writeUInt32LE(packedSize, at + 10);
  header.writeUInt32LE(size, at + 14);
  header.writeUInt16LE(name.length, at + 18);
}
