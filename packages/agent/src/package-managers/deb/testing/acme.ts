import { copyFile, cp, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DebianRoot } from './debian-root.ts';
import { buildPackage, publish, type SigningKey, type TestPackage } from './test-repository.ts';

const AMD64 = 'amd64';
const SAME = 'Multi-Arch: same\n';
const DAEMON = { '/usr/lib/acme/acme-daemon': '/bin/sleep' };

/** What the third party publishes: package, then versions. */
const STABLE: readonly TestPackage[] = [
  ...both({ name: 'acme-tool', fields: 'Source: acme (7.0)\n' }),
  ...both({ name: 'acme-held' }),
  ...both({ name: 'acme-epoch' }, '1:1.0', '1:1.1'),
  ...both({ name: 'acme-daemon', architecture: AMD64, files: DAEMON }),
  ...both({ name: 'acme-same', architecture: AMD64, fields: SAME }),
  ...both({ name: 'acme-same', architecture: 'i386', fields: SAME }),
  ...both({ name: 'acme-turns-all', architecture: AMD64 }, '1.0').concat({ name: 'acme-turns-all', version: '1.1' }),
  ...both({ name: 'acme-pinned' }, '1.0', '2.0'),
  ...both({ name: 'acme-kept' }),
  ...both({ name: 'acme-barred' }),
  { name: 'acme-mirrored', version: '1.0' },
  { name: 'acme-twin', version: '1.0', fields: 'Depends: dpkg\n' },
  { name: 'acme-twin-offer', version: '1.0' },
  { name: 'acme-twin-offer', version: '2.0', fields: 'Depends: dpkg\n' },
  { name: 'acme-withdrawn', version: '0.9' },
  { name: 'acme-broken', version: '1.0', postinst: '#!/bin/sh\nexit 1\n' },
  { name: 'acme-unpacked', version: '1.0' },
  { name: 'acme-gone', version: '1.0', conffiles: { '/etc/acme/gone.conf': 'x=1\n' } },
  { name: 'acme-phased', version: '1.0' },
  { name: 'acme-half-phased', version: '1.0' },
  { name: 'acme-phased-held', version: '1.0' },
  // Kernels want a maker of initial disks; none is needed where nothing boots.
  { name: 'acme-initramfs', version: '1.0', fields: 'Provides: linux-initramfs-tool\n' },
];
const MIRROR: readonly TestPackage[] = [
  { name: 'acme-twin', version: '1.0', fields: 'Depends: base-files\n' },
  { name: 'acme-twin-offer', version: '2.0', fields: 'Depends: base-files\n' },
];
const BACKPORTS: readonly TestPackage[] = [{ name: 'acme-tool', version: '3.0' }];
const PHASED: readonly TestPackage[] = ['acme-phased', 'acme-phased-held'].map((name) => ({ name, version: '2.0' }));
const HALF_PHASED: readonly TestPackage[] = [{ name: 'acme-half-phased', version: '2.0' }];
const UNSIGNED: readonly TestPackage[] = [{ name: 'acme-unsigned', version: '1.0' }];
const UNPUBLISHED: readonly TestPackage[] = [
  { name: 'acme-local', version: '9' },
  { name: 'acme-withdrawn', version: '1.0' },
];

function both(one: Omit<TestPackage, 'version'>, ...versions: string[]): TestPackage[] {
  return (versions.length > 0 ? versions : ['1.0', '1.1']).map((version) => ({ ...one, version }));
}

/** Publishes a third party's repositories below /srv of the root, the mirror in a folder of its own. */
export async function publishAcme(root: DebianRoot, mirror: string, key: SigningKey): Promise<void> {
  const srv = (path: string): string => join(root.path, 'srv', path);
  const pool = async (folder: string, packages: readonly TestPackage[]): Promise<string[]> => {
    const files: string[] = [];
    for (const one of packages) files.push(await buildPackage(folder, one));
    return files;
  };
  await pool(srv('acme/pool/stable'), STABLE);
  await pool(srv('acme/pool/backports'), BACKPORTS);
  await pool(srv('acme/pool/phased'), PHASED);
  await pool(srv('acme/pool/half'), HALF_PHASED);
  await pool(srv('unsigned/pool'), UNSIGNED);
  await pool(srv('unpublished'), UNPUBLISHED);
  await mkdir(join(mirror, 'pool'), { recursive: true });
  await pool(join(mirror, 'pool'), MIRROR);
  // Byte for byte the same file in both repositories.
  const mirrored = srv('acme/pool/stable/acme-mirrored_1.0_all.deb');
  await copyFile(mirrored, join(mirror, 'pool', basename(mirrored)));

  const acme = { origin: 'Acme', key };
  await publish(srv('acme'), 'pool/stable', { ...acme, name: 'stable' });
  await publish(srv('acme'), 'pool/backports', { ...acme, name: 'backports', notAutomatic: true });
  await publish(srv('acme'), 'pool/phased', { ...acme, name: 'phased', extra: 'Phased-Update-Percentage: 0\n' });
  await publish(srv('acme'), 'pool/half', { ...acme, name: 'half', extra: 'Phased-Update-Percentage: 50\n' });
  await publish(srv('unsigned'), 'pool', { name: 'stable', origin: 'Nobody', key: null });
  await publish(mirror, 'pool', { name: 'stable', origin: 'Acme Mirror', key });
  await cp(key.publicFile, join(root.path, 'usr/share/keyrings/acme.gpg'));
}

/** The source list of a host that uses them. */
export function acmeSources(mirrorPort: number): string {
  const signed = '[signed-by=/usr/share/keyrings/acme.gpg]';
  return [
    ...['stable', 'backports', 'phased', 'half'].map((suite) => `deb ${signed} file:/srv/acme ${suite} main`),
    `deb ${signed} http://user:secret@127.0.0.1:${mirrorPort} stable main`,
    'deb [trusted=yes] file:/srv/unsigned stable main',
    '',
  ].join('\n');
}
