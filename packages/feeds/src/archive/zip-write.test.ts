import { strFromU8, strToU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { zipMembers } from './zip.ts';
import { zipOf } from './zip-write.ts';

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

it('more files than the format counts are refused', () => {
  const many = Array.from({ length: 65_536 }, (_, at) => ({ name: `${at}`, bytes: new Uint8Array() }));

  expect(() => zipOf(many)).toThrow('a zip has up to 65535 files, not 65536');
});
