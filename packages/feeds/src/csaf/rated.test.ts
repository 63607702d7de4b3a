import { describe, expect, it } from 'vitest';
import { zipEntries } from '../archive/zip.ts';
import { dataFile, TEST_DATA } from '../testing/data.ts';
import { bytesOf } from '../testing/fault.ts';
import { parseCsaf } from './parse.ts';
import { csafDocument, leaf, productOf, related, vulnerability } from './testing/document.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V2 = 'AV:N/AC:L/Au:N/C:C/I:C/A:C';
const score = (vectorString: string, baseScore: number) => ({ vectorString, baseScore, baseSeverity: 'CRITICAL' });

type Json = Readonly<Record<string, unknown>>;

function ratedIn(members: Json, document: Parameters<typeof csafDocument>[0] = {}) {
  const whole = csafDocument({
    tree: { branches: [productOf('Router', leaf('product_version_range', '<2', 'p'))] },
    vulnerabilities: [vulnerability({ known_affected: ['p'] }, members)],
    ...document,
  });
  return parseCsaf(bytesOf(JSON.stringify(whole))).rated ?? [];
}

const brief = (rated: ReturnType<typeof ratedIn>) =>
  rated.flatMap(({ vulnerability: name, ratings }) =>
    ratings.map(({ voice, source, distribution, scale, vector, stated }) => [
      ...[name, voice, source, distribution, scale, vector ?? stated.level, stated.score],
    ]),
  );

const OURS = ['CVE-2026-0001', 'vendor', 'Vendor', 'product'];

describe('how severe a document calls a vulnerability', () => {
  it('is what its vendor scores, for products, by the record and its time', () => {
    const rated = ratedIn({ scores: [{ products: ['p'], cvss_v3: score(VECTOR, 9.8), cvss_v2: score(V2, 10) }] });

    expect(brief(rated)).toEqual([
      [...OURS, 'cvss-3.1', VECTOR, 9.8],
      [...OURS, 'cvss-2.0', V2, 10],
    ]);
    expect(rated).toMatchObject([
      {
        record: 'VENDOR-2026-1',
        modified: Date.UTC(2026, 2, 1, 10),
        ratings: [{ record: 'VENDOR-2026-1', at: Date.UTC(2026, 2, 1, 10), stated: { level: 'CRITICAL' } }, {}],
      },
    ]);
  });

  it('is of packages the word on their distribution', () => {
    const purl = 'pkg:rpm/redhat/openssl';
    const cpe = 'cpe:/o:redhat:enterprise_linux:9::baseos';
    const rated = ratedIn(
      {
        scores: [{ products: ['openssl'], cvss_v3: score(VECTOR, 9.8) }],
        product_status: { known_affected: ['BaseOS:openssl'] },
      },
      {
        tree: {
          branches: [
            leaf('product_name', 'BaseOS', 'BaseOS', { cpe }),
            leaf('product_version', 'openssl', 'openssl', { purl }),
          ],
          relationships: [related('openssl', 'BaseOS')],
        },
      },
    );

    expect(brief(rated)).toEqual([['CVE-2026-0001', 'vendor', 'Vendor', 'rhel', 'cvss-3.1', VECTOR, 9.8]]);
  });

  it('is the word of an aggregator where it comes from no vendor', () => {
    const members = { scores: [{ products: ['p'], cvss_v3: score(VECTOR, 9.8) }] };

    expect(brief(ratedIn(members, { publisher: 'coordinator' }))).toEqual([
      ['CVE-2026-0001', 'aggregator', 'Vendor', null, 'cvss-3.1', VECTOR, 9.8],
    ]);
  });

  const impact = (details: string) => ({ threats: [{ category: 'impact', details, product_ids: ['p'] }] });
  const words: readonly [string, Json, string | undefined, readonly string[]][] = [
    ['its own word', impact('Important'), undefined, ['Important']],
    ['its own word before that of the whole', impact('Important'), 'Low', ['Important']],
    ['the word of the whole', {}, 'Moderate', ['Moderate']],
    ['no word of the whole that is none', {}, 'Mostly harmless', []],
    ['no statement', impact('It restarts.'), undefined, []],
  ];

  it.each(words)('is %s', (_, members, text, levels) => {
    const whole = csafDocument({
      tree: { branches: [productOf('Router', leaf('product_version_range', '<2', 'p'))] },
      vulnerabilities: [vulnerability({ known_affected: ['p'] }, members)],
    });
    const document = {
      ...(whole['document'] as Json),
      ...(text === undefined ? {} : { aggregate_severity: { text } }),
    };
    const rated = parseCsaf(bytesOf(JSON.stringify({ ...whole, document }))).rated ?? [];

    expect(brief(rated)).toEqual(levels.map((level) => [...OURS, 'words', level, null]));
  });

  it('said in two places of a document is one word on it', () => {
    const members = (vector: string) => ({ scores: [{ products: ['p'], cvss_v3: score(vector, 9.8) }] });
    const twice = [VECTOR, VECTOR.replace('AV:N', 'AV:L')].map((vector) =>
      vulnerability({ known_affected: ['p'] }, members(vector)),
    );

    const rated = ratedIn({}, { vulnerabilities: twice });

    expect(rated).toHaveLength(1);
    expect(rated[0]?.ratings).toHaveLength(2);
  });

  it('is nothing where nobody says so, or where nothing of it can be judged', () => {
    expect(ratedIn({})).toEqual([]);
    expect(ratedIn({ scores: [{ products: ['p'] }] })).toEqual([]);
    const unjudged = {
      scores: [{ products: ['p'], cvss_v3: score(VECTOR, 9.8) }],
      product_status: { recommended: ['p'] },
    };
    expect(ratedIn(unjudged)).toEqual([]);
  });
});

it.skipIf(TEST_DATA === null)('real documents rate what they claim', () => {
  const limits = { entriesMax: 1_000, entryBytesMax: 10_000_000, totalBytesMax: 100_000_000 };
  const read = [...zipEntries(dataFile('csaf/csaf-2.0-advisories.zip'), limits)]
    .filter(({ name }) => /^(?:cisa|redhat)\/.*\.json$/.test(name))
    .map(({ bytes }) => parseCsaf(bytes));
  const claimed = new Set(read.flatMap(({ claims }) => claims.map(({ vulnerability: name }) => name)));
  const rated = read.flatMap((one) => one.rated ?? []);

  expect(rated.filter(({ vulnerability: name }) => !claimed.has(name))).toEqual([]);
  expect(new Set(rated.map(({ vulnerability: name }) => name)).size).toBe(291);
  expect(new Set(rated.flatMap(({ ratings }) => ratings.map(({ voice }) => voice)))).toEqual(
    new Set(['aggregator', 'vendor']),
  );
});
