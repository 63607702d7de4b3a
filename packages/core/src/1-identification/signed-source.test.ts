import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { sourceVersionOf } from './signed-source.ts';

it.each([
  ['linux-signed-amd64', '6.1.176+1', 'linux', '6.1.176-1'],
  ['linux-signed-arm64', '6.12.9+1~bpo12+1', 'linux', '6.12.9-1~bpo12+1'],
  ['linux-signed-6.12-amd64', '6.12.117+1~deb12u1', 'linux-6.12', '6.12.117-1~deb12u1'],
  ['grub-efi-amd64-signed', '1+2.06+13+deb12u2', 'grub2', '2.06-13+deb12u2'],
  ['shim-helpers-amd64-signed', '1+16.1+2~deb12u1', 'shim', '16.1-2~deb12u1'],
  ['fwupd-amd64-signed', '1:1.4+1', 'fwupd-efi', '1:1.4-1'],
  // Neither of these signs another source under its version.
  ['shim-signed', '1.51~1+deb12u1', 'shim-signed', '1.51~1+deb12u1'],
  ['grub-efi-amd64-signed', '2.06-13', 'grub-efi-amd64-signed', '2.06-13'],
  ['linux', '6.1.176-1', 'linux', '6.1.176-1'],
  ['curl', '7.88.1-10+deb12u14', 'curl', '7.88.1-10+deb12u14'],
])('%s %s is judged as %s %s', (source, sourceVersion, judged, judgedVersion) => {
  expect(sourceVersionOf({ source, sourceVersion }, 'debian:12')).toEqual({
    scope: 'debian:12',
    source: judged,
    sourceVersion: judgedVersion,
  });
});

const index = resolve(
  import.meta.dirname,
  '../../../..',
  process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data',
  'debian/archive-index',
);

// A kernel image carries the version of its source itself; for the rest the source must be in the archive.
it.skipIf(!existsSync(index))('every signed package of the bookworm archive is judged by a version that exists', () => {
  const packages = ['bookworm', 'bookworm-security', 'bookworm-updates']
    .flatMap((name) => linesOf(join(index, `${name}.tsv.gz`)))
    .map((line) => line.split('\t'))
    .map(([, version = '', , source = '', sourceVersion = '']) => ({ version, source, sourceVersion }));
  const present = new Set(packages.map(({ source, sourceVersion }) => `${source} ${sourceVersion}`));

  const signed = packages.filter(({ source }) => /^linux-signed|-(?:amd64|arm64|i386|ia32)-signed$/.test(source));
  const lost = signed.filter((entry) => {
    const { source, sourceVersion } = sourceVersionOf(entry, 'debian:12');
    const exists = sourceVersion === entry.version || present.has(`${source} ${sourceVersion}`);
    return source === entry.source || !exists;
  });

  expect(signed.length).toBeGreaterThan(50);
  expect(lost).toEqual([]);
});

function linesOf(path: string): string[] {
  return gunzipSync(readFileSync(path)).toString('utf8').split('\n');
}
