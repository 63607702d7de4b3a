import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { detectFeed, feedOf, HEAD_BYTES } from './detect.ts';
import { dataFile, TEST_DATA } from './testing/data.ts';
import { bytesOf } from './testing/fault.ts';

const osv =
  '{"id":"DSA-1-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"Debian:12","name":"curl"}}]}';
const kev = '{"title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "2026.08.07"}';
const epss = '#model_version:v1,score_date:2026-08-16T00:00:00+0000\ncve,epss,percentile\n';
const secdb = '{"urlprefix":"https://dl-cdn.alpinelinux.org/alpine","reponame":"main","packages":[]}';
const zip = (name: string, text = osv, level: 0 | 6 = 6) => zipSync({ [name]: [strToU8(text), { level }] });

it.each<[string, Uint8Array, string | null]>([
  ['advisories.jsonl', bytesOf(osv), 'debian-osv'],
  ['advisories.jsonl.gz', gzipSync(osv), 'debian-osv'],
  ['printed.json', bytesOf(JSON.stringify(JSON.parse(osv), null, 2)), 'debian-osv'],
  ['many.json', bytesOf(`[${osv}]`), 'debian-osv'],
  ['all.zip', zip('DSA-5000-1.json'), 'debian-osv'],
  ['all.zip', zip('DEBIAN-CVE-2026-0001.json'), 'debian-osv'],
  ['kev.json', bytesOf(kev), 'kev'],
  ['KEV.JSON.GZ', gzipSync(kev), 'kev'],
  ['scores.csv', bytesOf(epss), 'epss'],
  ['scores.csv.gz', gzipSync(epss), 'epss'],
  ['notes.txt', bytesOf(osv), null],
  ['readme.json', bytesOf('{}'), null],
  ['npm.jsonl', bytesOf(osv.replace('Debian:12', 'npm')), 'npm-osv'],
  ['all.zip', zip('ALSA-2026:1.json', osv.replace('Debian:12', 'AlmaLinux:9')), 'almalinux-osv'],
  ['stored.zip', zip('ALSA-2026:1.json', osv.replace('Debian:12', 'AlmaLinux:9'), 0), 'almalinux-osv'],
  ['ubuntu.json', bytesOf(osv.replace('Debian:12', 'Ubuntu:Pro:22.04:LTS')), 'ubuntu-osv'],
  ['sles.json', bytesOf(osv.replace('Debian:12', 'SUSE:Linux Enterprise 15 SP6')), null],
  ['main.json', bytesOf(secdb), 'alpine-secdb'],
  ['security.json', bytesOf(secdb.replace('alpine', 'wolfi')), 'wolfi-secdb'],
  ['tracker.json', bytesOf('{"curl":{"CVE-2026-0001":{"releases":{"sid":{"status":"open"}}}}}'), 'debian-tracker'],
  ['kev-schema.json', bytesOf('{"title": "CISA", "properties": {"catalogVersion": {"type": "string"}}}'), null],
  ['fixtures.zip', zip('tracker/DSA/DSA-5000-1.json'), null],
  ['pages.zip', zip('index.html'), null],
  ['broken.zip', zip('DSA-5000-1.json').map((byte, at) => (at > 50 ? 0xff : byte)), null],
  ['table.csv', bytesOf('a,b,c\n1,2,3\n'), null],
  ['broken.json.gz', Uint8Array.of(0x1f, 0x8b, 1), null],
  ['empty.json', new Uint8Array(), null],
])('%s', (name, bytes, feed) => {
  expect(detectFeed(name, bytes.subarray(0, HEAD_BYTES))).toBe(feed);
});

it('tells the content alone, whatever the name', () => {
  expect([feedOf(bytesOf(osv)), feedOf(bytesOf(kev)), feedOf(bytesOf('hello'))]).toEqual(['debian-osv', 'kev', null]);
});

it.skipIf(TEST_DATA === null)('finds the feeds in a folder of real data, and nothing else', () => {
  const root = TEST_DATA ?? '';
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));

  const found = paths.map((path) => [path, detectFeed(path, dataFile(path).subarray(0, HEAD_BYTES))]);

  expect(Object.fromEntries(found.filter(([, feed]) => feed !== null))).toEqual({
    'alpine/secdb.json.gz': 'alpine-secdb',
    'debian/tracker-shaped.json.gz': 'debian-tracker',
    'debian/dsa-dla-osv.jsonl.gz': 'debian-osv',
    'eol/debian-security-support/security-support-ended.deb11': 'debian-11-support-ended',
    'eol/debian-security-support/security-support-ended.deb12': 'debian-12-support-ended',
    'eol/distro-info-debian.csv': 'debian-lifecycle',
    'eol/distro-info-ubuntu.csv': 'ubuntu-lifecycle',
    'eol/endoflife.json.gz': 'endoflife',
    'epss/epss_scores-2026-08-16.csv.gz': 'epss',
    'kev/known_exploited_vulnerabilities.json.gz': 'kev',
    'maven/ghsa-osv.jsonl.gz': 'maven-osv',
    'npm/retire-osv.jsonl.gz': 'npm-osv',
    'pypi/pysec-osv.jsonl.gz': 'pypi-osv',
    'rhel-family/almalinux-osv.jsonl.gz': 'almalinux-osv',
    'vulnrichment/cve-records-sample.jsonl.gz': 'cve-list',
  });
});
