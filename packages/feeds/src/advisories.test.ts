import { gzipSync, zstdCompressSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { advisoryFormatOf, parseAdvisories } from './advisories.ts';
import { csafDocument, leaf, productOf, vulnerability } from './csaf/testing/document.ts';
import { HEAD_BYTES } from './detect.ts';
import { dataFile, TEST_DATA } from './testing/data.ts';
import { bytesOf } from './testing/fault.ts';

const OSV =
  '{"id":"A-1","affected":[{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}';
const SECDB =
  '{"distroversion":"v3.19","reponame":"main","urlprefix":"https://example.org","packages":[{"pkg":{"name":"a","secfixes":{"1-r0":["CVE-2000-0001"]}}}]}';
const TRACKER = '{"curl":{"CVE-2026-0001":{"releases":{"bookworm":{"status":"open"}}}}}';

const CSAF = JSON.stringify(
  csafDocument({
    tree: { branches: [productOf('Router', leaf('product_version', '1', 'p1'))] },
    vulnerabilities: [vulnerability({ known_affected: ['p1'] })],
  }),
);

const UPDATEINFO = `<?xml version="1.0" encoding="UTF-8"?>
<updates><update type="security"><id>ALSA-2024:1</id><pkglist><collection>
<package name="curl" version="7" release="2.el9" epoch="0" arch="x86_64"/></collection></pkglist></update></updates>`;

describe('a file of advisories', () => {
  it.each([
    ['osv', bytesOf(OSV)],
    ['osv', gzipSync(OSV)],
    ['osv', zipSync({ 'a.json': strToU8(OSV) })],
    ['alpine-secdb', bytesOf(SECDB)],
    ['csaf', bytesOf(CSAF)],
    ['csaf', zipSync({ '2026/a.json': strToU8(CSAF), '2026/a.json.asc': strToU8('signature') })],
    ['csaf', zipSync({ 'changes.csv': strToU8('2026/a.json,2026-11-02T00:00:00Z'), '2026/a.json': strToU8(CSAF) })],
    ['csaf', zipSync({ 'openpgp/key.asc': strToU8('a key'), '2026/a.json': strToU8(CSAF) })],
    ['updateinfo', gzipSync(UPDATEINFO)],
    ['updateinfo', zstdCompressSync(UPDATEINFO)],
    ['updateinfo', bytesOf(UPDATEINFO.replace(/^.*\n/, ''))],
    ['debian-tracker', bytesOf(`\n${TRACKER}`)],
  ] as const)('is known as %s and read', (format, bytes) => {
    expect(advisoryFormatOf(bytes)).toBe(format);
    expect(parseAdvisories(format, bytes).claims.length).toBe(1);
  });

  it.each(['', 'Package: a', '{"bomFormat":"CycloneDX"}', '[]', '{"cveID":"CVE-2026-0001"}'])('%j is none', (text) => {
    expect(advisoryFormatOf(bytesOf(text))).toBeNull();
  });

  it.skipIf(TEST_DATA === null).each([
    ['osv', 'debian/dsa-dla-osv.jsonl.gz'],
    ['osv', 'rhel-family/almalinux-osv.jsonl.gz'],
    ['osv', 'npm/retire-osv.jsonl.gz'],
    ['osv', 'pypi/pysec-osv.jsonl.gz'],
    ['osv', 'maven/ghsa-osv.jsonl.gz'],
    ['alpine-secdb', 'alpine/secdb.json.gz'],
    ['debian-tracker', 'debian/tracker-shaped.json.gz'],
    ['csaf', 'csaf/csaf-2.0-advisories.zip'],
    [null, 'kev/known_exploited_vulnerabilities.json.gz'],
  ])('%s: %s', (format, path) => {
    expect(advisoryFormatOf(dataFile(path).subarray(0, HEAD_BYTES))).toBe(format);
  });
});
