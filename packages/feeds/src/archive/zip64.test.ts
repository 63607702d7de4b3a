import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { zipEntries } from './zip.ts';

const LIMITS = { entriesMax: 10, entryBytesMax: 100, totalBytesMax: 100 };

/** An archive with one stored file, all of whose numbers stand in the zip64 fields, as in archives of 65,536 files. */
function zip64(content: Uint8Array, size = BigInt(content.length)): Uint8Array {
  const name = bytesOf('a.json');
  const local = new DataView(new ArrayBuffer(30));
  local.setUint32(0, 0x04034b50, true);
  local.setUint16(26, name.length, true);
  const entry = new DataView(new ArrayBuffer(46));
  entry.setUint32(0, 0x02014b50, true);
  entry.setUint32(16, crc32(content), true);
  for (const field of [20, 24, 42]) entry.setUint32(field, 0xffffffff, true);
  entry.setUint16(28, name.length, true);
  entry.setUint16(30, 4 + 3 * 8, true);
  const extra = new DataView(new ArrayBuffer(4 + 3 * 8));
  extra.setUint16(0, 1, true);
  extra.setUint16(2, 3 * 8, true);
  extra.setBigUint64(4, size, true);
  extra.setBigUint64(12, BigInt(content.length), true);
  const directory = 30 + name.length + content.length;
  const end64At = directory + 46 + name.length + extra.byteLength;
  const end64 = new DataView(new ArrayBuffer(56));
  end64.setUint32(0, 0x06064b50, true);
  end64.setBigUint64(32, 1n, true);
  end64.setBigUint64(48, BigInt(directory), true);
  const locator = new DataView(new ArrayBuffer(20));
  locator.setUint32(0, 0x07064b50, true);
  locator.setBigUint64(8, BigInt(end64At), true);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, 0xffff, true);
  end.setUint32(16, 0xffffffff, true);
  const parts = [local, name, content, entry, name, extra, end64, locator, end];
  return Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
}

it('reads the long numbers of large archives', () => {
  const [entry, ...more] = zipEntries(zip64(bytesOf('{}')), LIMITS);

  expect(entry?.name).toBe('a.json');
  expect(new TextDecoder().decode(entry?.bytes)).toBe('{}');
  expect(more).toEqual([]);
});

it.each([
  ['more bytes than there can be', 2n ** 60n, 'damaged: the archive is damaged: its directory points outside of it'],
  ['more bytes than are allowed', 101n, 'too-large: the archive is too large once a.json is unpacked'],
])('refuses %s', (_, size, fault) => {
  expect(faultOf(() => [...zipEntries(zip64(bytesOf('{}'), size), LIMITS)])).toBe(fault);
});
