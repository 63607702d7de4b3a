import { describe, expect, it } from 'vitest';
import { zipMembers } from '../archive/zip.ts';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf, faultOf } from '../testing/fault.ts';
import { missingDocuments, type ProviderFileKind, providerFileKind, providerJsonKind } from './files.ts';

describe('a file of a provider', () => {
  const kinds: readonly [string, ProviderFileKind | null][] = [
    ['provider-metadata.json', 'metadata'],
    ['.well-known/csaf/provider-metadata.json', 'metadata'],
    ['white/changes.csv', 'changes'],
    ['index.txt', 'index'],
    ['2026/a.json', null],
    ['2026/a.JSON', null],
    ['2026/a.json.asc', 'beside'],
    ['2026/a.json.sha256', 'beside'],
    ['2026/a.json.sha512', 'beside'],
    ['openpgp/8F5F267907B2C4559DB360DB2294BA7D2B2298B1.asc', 'key'],
    ['key.gpg', 'key'],
    ['notes.txt', 'other'],
    ['other-changes.csv', 'other'],
  ];

  it.each(kinds)('%s is: %s', (name, kind) => {
    expect(providerFileKind(name)).toBe(kind);
  });

  const json: readonly [string, string, ReturnType<typeof providerJsonKind>][] = [
    ['a document', '\n{"document":{"csaf_version":"2.0"}}', 'document'],
    ['a feed of documents', '{ "feed": {"id":"a","entry":[]}}', 'rolie'],
    ['a directory of feeds', '{"service":{"workspace":[]}}', 'other'],
    ['its categories', '{"categories":{"category":[]}}', 'other'],
    ['metadata under another name', '{"canonical_url":"x","metadata_version":"2.0"}', 'other'],
    ['an aggregator', '{"aggregator":{},"aggregator_version":"2.0"}', 'other'],
    ['anything else, to be refused by name', '{"a":1}', 'document'],
    ['a page', '<html>', 'document'],
  ];

  it.each(json)('JSON: %s', (_, text, kind) => {
    expect(providerJsonKind(bytesOf(text))).toBe(kind);
  });
});

describe('a list in a mirror', () => {
  const missing = (name: string, text: string, ...there: readonly string[]) =>
    missingDocuments({ name, kind: name.endsWith('.csv') ? 'changes' : 'index' }, bytesOf(text), (one) =>
      there.includes(one),
    );

  it('names documents that lie beside it, and tells those that do not', () => {
    const csv = '"2026/a.json","2026-11-02T00:00:00Z"\n"2026/b.json","2026-11-01T00:00:00Z"\n';

    expect(missing('changes.csv', csv, '2026/a.json', '2026/b.json')).toEqual([]);
    expect(missing('white/changes.csv', csv, 'white/2026/a.json', '2026/b.json')).toEqual(['2026/b.json']);
  });

  it('leads nowhere out of its folder', () => {
    expect(missing('white/index.txt', '../../a.json\n../../../b.json\n', 'a.json')).toEqual(['../../../b.json']);
  });

  it('names escaped documents as they are called', () => {
    expect(missing('index.txt', '2026/a%20b.json\n2026/100%.json\n', '2026/a b.json', '2026/100%.json')).toEqual([]);
  });

  const rolie = (href: string, ...there: readonly string[]) =>
    missingDocuments(
      { name: 'white/feed.json', kind: 'rolie' },
      bytesOf(JSON.stringify({ feed: { entry: [{ id: 'A', updated: 'x', content: { src: href } }] } })),
      (one) => there.includes(one),
    );

  it.each([
    ['with its host', 'acme.example/csaf/white/2026/a.json'],
    ['without it', 'csaf/white/2026/a.json'],
    ['from the folder of the label on', 'white/2026/a.json'],
    ['from the year on', '2026/a.json'],
  ])('finds the whole addresses of a ROLIE feed, mirrored %s', (_, place) => {
    const href = 'https://acme.example/csaf/white/2026/a.json';

    expect(rolie(href, place)).toEqual([]);
    expect(rolie(href, '2025/a.json')).toEqual([href]);
  });

  it('that is a page is refused', () => {
    expect(faultOf(() => missing('changes.csv', 'a.json,2026-11-02T00:00:00Z\n<html>'))).toMatch(/^not-this-feed: /);
  });
});

it.skipIf(TEST_DATA === null)('real files of providers are told apart', () => {
  const limits = { entriesMax: 1_000, entryBytesMax: 10_000_000, totalBytesMax: 100_000_000 };
  const found = [...zipMembers(dataFile('csaf/csaf-2.0-advisories.zip'), limits)].map(
    ({ name, read }) => [name, providerFileKind(name) ?? providerJsonKind(read())] as const,
  );
  const named = (kind: ProviderFileKind) => found.filter(([, is]) => is === kind).map(([name]) => name);

  expect(named('document')).toHaveLength(53);
  expect(named('beside')).toHaveLength(6);
  expect(named('rolie')).toEqual(['oasis/ROLIE/example-01-feed-tlp-white.json']);
  expect(named('metadata')).toEqual([]);
  expect(named('other')).toHaveLength(7);
});
