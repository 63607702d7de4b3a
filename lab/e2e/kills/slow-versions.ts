import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buildPackage } from '../../acme/build-package.ts';
import { Place } from '../../place.ts';
import type { World } from '../world.ts';

/** Twice the longest wait before apt is struck, so that most moments fall into its work. */
const SCRIPT_SECONDS = 6;
/** Unpacking takes a while, too. */
const FILL_BYTES = 12 * 1024 * 1024;

/** Good versions of acme-web that take long to install, each with a weakness of the one before fixed. */
export async function makeSlowVersions(world: World, count: number): Promise<string[]> {
  const place = await Place.of(world.lab.folder);
  const versions = Array.from({ length: count }, (_, index) => `2.${index + 1}`);
  for (const version of versions) {
    await buildPackage(place, dirname(world.lab.acme.fileOf(version)), {
      ...{ version, change: 'Slow to install.', fillBytes: FILL_BYTES, postinst: `sleep ${SCRIPT_SECONDS}` },
    });
  }
  const file = world.secret('slow-versions.jsonl');
  await writeFile(file, versions.map((version, index) => JSON.stringify(advisoryOf(index + 1, version))).join('\n'));
  await world.as('ian').asks(['feeds', 'import', file, '--feed', 'debian-osv']);
  return versions;
}

/** // OSV schema */
function advisoryOf(number: number, fixed: string) {
  return {
    ...{ id: `DSA-${9_100 + number}-1`, modified: '2026-07-01T00:00:00Z', published: '2026-07-01T00:00:00Z' },
    ...{ upstream: [`CVE-2099-${1_000 + number}`], summary: 'acme-web - security update' },
    affected: [
      {
        package: { ecosystem: 'Debian:12', name: 'acme-web' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
      },
    ],
  };
}
