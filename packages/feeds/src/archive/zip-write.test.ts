import { strFromU8, strToU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { zipMembers } from './zip.ts';
import { ZipWriter, zipOf } from './zip-write.ts';

const LIMITS = { entriesMax: 10, entryBytesMax: 1_000_000, totalBytesMax: 2_000_000 };
const FILES = [
  { name: '2026/a.json', bytes: strToU8('{"a":1}'.repeat(1_000)) },
  { name: '2026/ä.json.asc', bytes: strToU8('signature') },
  { name: 'empty', bytes: new Uint8Array() },
];

it('another reader finds what was written', () => {
  const read = Object.entries(unzipSync(zipOf(FILES))).map(([name, bytes]) => [name, strFromU8(bytes)]);

  expect(read).toEqual(FILES.map(({ name, bytes }) => [name, strFromU8(bytes)]));
});

it('our own reader finds it too, in any order', () => {
  const members = [...zipMembers(zipOf(FILES), LIMITS)].reverse();

  expect(members.map(({ name, sizeBytes, read }) => [name, sizeBytes, strFromU8(read())])).toEqual(
    FILES.toReversed().map(({ name, bytes }) => [name, bytes.length, strFromU8(bytes)]),
  );
});

it('the same files give the same bytes, and none an archive of nothing', () => {
  expect(zipOf(FILES).equals(zipOf(FILES))).toBe(true);
  expect([...zipMembers(zipOf([]), LIMITS)]).toEqual([]);
});

it('may have more files than the first format counts', () => {
  const many = Array.from({ length: 65_536 }, (_, at) => ({ name: `${at}`, bytes: new Uint8Array() }));
  const names = [...zipMembers(zipOf(many), { ...LIMITS, entriesMax: 65_536 })].map(({ name }) => name);

  expect([names.length, names[0], names.at(-1)]).toEqual([65_536, '0', '65535']);
});

it('may lie further than the first format tells', () => {
  const start = 2 ** 32 + 7;
  const zip = new ZipWriter(start);
  zip.entry('a', new Uint8Array());
  const [directory = Buffer.alloc(0), end = Buffer.alloc(0)] = [...zip.end()].map((part) => Buffer.from(part));

  expect(directory.readBigUInt64LE(directory.length - 8)).toBe(BigInt(start));
  // Its header, its name and a packed nothing.
  expect(end.readBigUInt64LE(48)).toBe(BigInt(start + 30 + 1 + 2));
});
