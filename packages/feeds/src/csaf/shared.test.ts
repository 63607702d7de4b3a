import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { zipEntries } from '../archive/zip.ts';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { parseCsaf } from './parse.ts';
import { csafDocument, leaf, productOf, related, vulnerability } from './testing/document.ts';

// Every document that vendors really published and that we have, and the standard's own schema.

const LIMITS = { entriesMax: 1_000, entryBytesMax: 10_000_000, totalBytesMax: 100_000_000 };

/** Documents of several zips, by their paths; what is no document of CSAF is left out. */
function documents(): [string, Uint8Array][] {
  const archives = ['csaf/csaf-2.0-advisories.zip', 'source-shapes/vunnel-source-fixtures.zip'];
  return archives
    .flatMap((archive) => [...zipEntries(dataFile(archive), LIMITS)])
    .filter(({ name, bytes }) => name.endsWith('.json') && /"csaf_version"\s*:/.test(new TextDecoder().decode(bytes)))
    .map(({ name, bytes }) => [name, bytes]);
}

describe.skipIf(TEST_DATA === null)('documents that were published', () => {
  it('are all read, and what is not judged is no more than this', () => {
    const read = documents().map(([name, bytes]) => ({ name, ...parseCsaf(bytes) }));
    const claims = read.flatMap((one) => one.claims);
    const scopes = Map.groupBy(claims, ({ scope }) => scope);

    expect(read.length).toBe(FIGURES.documents);
    expect(Object.fromEntries([...scopes].map(([scope, group]) => [scope, group.length]))).toEqual(FIGURES.claims);
    expect(read.filter((one) => one.quarantined.length > 0).map(({ name }) => name.split('/').at(-1))).toEqual(
      FIGURES.withQuarantine,
    );
  });

  it('and our own meet the schema of the standard', () => {
    const schema = new TextDecoder().decode(dataFile('csaf/csaf_json_schema.json'));
    // CVSS stands in schemas of its own; scores are not read here.
    const local: unknown = JSON.parse(schema, (key, value: unknown) => (key === 'scores' ? {} : value));
    const standard = z.fromJSONSchema(local as Parameters<typeof z.fromJSONSchema>[0]);
    const own = csafDocument({
      tree: {
        branches: [
          productOf(
            'Router',
            leaf('product_version', '1', 'p1'),
            leaf('product_version_range', '<2', 'p2', { model_numbers: ['6GK5'] }),
          ),
          leaf('product_name', 'Release', 'r', { cpe: 'cpe:/o:redhat:enterprise_linux:9::baseos' }),
        ],
        relationships: [related('p1', 'r')],
      },
      vulnerabilities: [vulnerability({ known_affected: ['p1', 'r:p1'], fixed: ['p2'] })],
    });

    expect(standard.safeParse(own).error?.issues).toBeUndefined();
    const { title: _, ...untitled } = own['document'] as Record<string, unknown>;
    expect(standard.safeParse({ ...own, document: untitled }).success).toBe(false);
    const refused = documents().filter(
      ([, bytes]) => !standard.safeParse(JSON.parse(new TextDecoder().decode(bytes))).success,
    );
    expect(refused.map(([name]) => name.split('/').at(-1))).toEqual(FIGURES.againstSchema);
  });
});

/** What is not judged: ranges with words that only their vendor understands, and parts of layered products. */
const FIGURES = {
  documents: 54,
  claims: {
    product: 8158,
    'rhel:8': 352,
    'rhel:9': 37,
    'rhel-aus:7.6': 3,
    'rhel-e4s:7.6': 3,
    'rhel-els:6': 16,
    'rhel-tus:7.6': 3,
  },
  withQuarantine: [
    'icsa-23-012-03.json',
    'icsa-23-257-04.json',
    'icsa-24-102-03.json',
    'icsa-24-193-02.json',
    'rhsa-2021_5186.json',
    'rhsa-2021_5217.json',
  ],
  againstSchema: [],
};
