import { describe, expect, it } from 'vitest';
import { zipEntries } from '../archive/zip.ts';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { parseChanges, parseHashFile, parseIndex, parseRolie } from './listing.ts';

const listed = (url: string, changedAt: number | null) => ({ url, changedAt, hashUrl: null, signatureUrl: null });

describe('a directory', () => {
  it('lists what has changed when', () => {
    const csv = '"2024/a.json","2025-02-18T14:28:08+00:00"\n\n2024/b.json,2025-02-17T00:00:00Z\r\n';

    expect(parseChanges(bytesOf(csv))).toEqual([
      listed('2024/a.json', Date.UTC(2025, 1, 18, 14, 28, 8)),
      listed('2024/b.json', Date.UTC(2025, 1, 17)),
    ]);
  });

  it('may name its columns', () => {
    expect(parseChanges(bytesOf('filename,date\na.json,2025-02-17T00:00:00Z\n')).length).toBe(1);
  });

  it('with a line that is none is refused', () => {
    expect(faultOf(() => parseChanges(bytesOf('a.json,2025-02-17T00:00:00Z\n<html>\n')))).toBe(
      'not-this-feed: changes.csv has a line without a time: <html>',
    );
  });

  it('lists its files without times', () => {
    expect(parseIndex(bytesOf('2024/a.json\r\n2024/b.json\n'))).toEqual([
      listed('2024/a.json', null),
      listed('2024/b.json', null),
    ]);
  });
});

describe('a ROLIE feed', () => {
  const link = (rel: string, href: string) => ({ rel, href });
  const entry = (...links: unknown[]) => ({ id: 'A', updated: '2021-01-01T12:00:00Z', link: links });
  const parse = (...entries: unknown[]) => parseRolie(bytesOf(JSON.stringify({ feed: { entry: entries } })));

  it('lists documents with what stands beside them', () => {
    const links = [
      link('self', 'a.json'),
      link('hash', 'a.json.sha256'),
      link('hash', 'a.json.sha512'),
      link('signature', 'a.asc'),
    ];

    expect(parse(entry(...links), entry(link('self', 'b.json')), entry())).toEqual([
      { url: 'a.json', changedAt: Date.UTC(2021, 0, 1, 12), hashUrl: 'a.json.sha512', signatureUrl: 'a.asc' },
      { url: 'b.json', changedAt: Date.UTC(2021, 0, 1, 12), hashUrl: null, signatureUrl: null },
    ]);
  });

  it('that is none is refused', () => {
    expect(faultOf(() => parseRolie(bytesOf('{"entry":[]}')))).toBe('not-this-feed: the ROLIE feed is none in JSON');
  });

  it.skipIf(TEST_DATA === null)('of the standard is read', () => {
    const limits = { entriesMax: 1_000, entryBytesMax: 10_000_000, totalBytesMax: 100_000_000 };
    const files = [...zipEntries(dataFile('csaf/csaf-2.0-advisories.zip'), limits)];
    const file = files.find(({ name }) => name.endsWith('example-01-feed-tlp-white.json'));

    expect(parseRolie(file?.bytes ?? new Uint8Array()).map(({ url }) => url)).toEqual([
      'https://psirt.domain.tld/advisories/csaf/2020/2020-ESA-001.json',
    ]);
  });
});

describe('a file with a hash', () => {
  it.each([
    ['with a name', `${'ab'.repeat(32)}  a.json\n`, 'sha256', 'ab'.repeat(32)],
    ['alone, in capitals', 'AB'.repeat(64), 'sha512', 'ab'.repeat(64)],
    ['of the other algorithm', 'ab'.repeat(32), 'sha512', null],
    ['that is a page', '<html>', 'sha256', null],
    ['that is empty', '', 'sha256', null],
  ] as const)('%s', (_, text, algorithm, expected) => {
    expect(parseHashFile(text, algorithm)).toBe(expected);
  });
});
