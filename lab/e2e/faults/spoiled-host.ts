import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabHost } from '../../hosts/lab-host.ts';
import type { World } from '../world.ts';
import type { Patch } from './patch.ts';

const KEPT = '/var/lib/patchsteward-runner/packages';
const PLUGIN = 'acme-plugin';
const CONTROL = `Package: ${PLUGIN}
Version: 1
Architecture: all
Maintainer: Acme <packages@acme.test>
Depends: acme-web (= 1.0)
Description: needs acme-web as it was
`;
const BLOCKED_MS_MAX = 150_000;
const DONE_MS_MAX = 90_000;

/** Root's own copies of the packages get other bytes, as of a failing disk: same names, same sizes. */
export async function changeBytes(host: LabHost): Promise<void> {
  const spoil = `for file in ${KEPT}/*.deb; do printf spoiled | dd of="$file" bs=1 seek=200 conv=notrunc status=none; done`;
  await host.run(['sh', '-c', spoil]);
}

/** Somebody installs what needs the old version: apt would now take it away with the update, which nobody signed. */
export async function changeResolution(world: World, host: LabHost): Promise<void> {
  const folder = world.secret(PLUGIN);
  await mkdir(join(folder, 'DEBIAN'), { recursive: true });
  await writeFile(join(folder, 'DEBIAN', 'control'), CONTROL);
  const file = world.secret(`${PLUGIN}.deb`);
  await world.lab.hub.run(['dpkg-deb', '--root-owner-group', '--build', folder, file]);
  await host.copyIn(file, `/var/tmp/${PLUGIN}.deb`);
  await host.run(['dpkg', '--install', `/var/tmp/${PLUGIN}.deb`]);
}

/** The host itself finds both before it changes anything; what its people mend lets it go on. // rollout §2.6 preflight */
export async function isBlocked(patch: Patch, name: string): Promise<void> {
  const { world } = patch;
  const host = world.lab.host(name);
  await patch.job(name, 'is blocked by drift', BLOCKED_MS_MAX, ({ blockedBy }) => blockedBy === 'drift');
  const told = JSON.stringify((await patch.events()).filter(({ kind }) => kind.startsWith('job.')));
  world.transcript.holds(
    'before that it was blocked by hash-mismatch',
    told.includes('"hash-mismatch"'),
    told.slice(-3_000),
  );
  await patch.explains('drift');
  world.transcript.equal(`${name} has what it had`, (await host.dpkgVersions())['acme-web'], '1.0');
  await host.run(['dpkg', '--purge', PLUGIN]);
  await patch.job(name, 'goes on', DONE_MS_MAX, ({ state }) => state === 'succeeded');
}
