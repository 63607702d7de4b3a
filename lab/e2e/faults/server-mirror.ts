import { copyFile, cp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OriginBody } from '@patchsteward/contract';
import type { World } from '../world.ts';

const URL = 'http://packages.acme.test/acme';
const MIRROR = 'server-mirror';
/** One of them is in trouble, which is what is wanted here. */
const FINDINGS = 3;

/** The server fetches from a mirror of its own, which shows what the vendor's repository shows at this moment. */
export async function mirrorNow(world: World): Promise<void> {
  const { root } = world.lab.acme;
  await rm(mirrorOf(world), { recursive: true, force: true });
  await cp(join(root, 'acme'), mirrorOf(world), { recursive: true, preserveTimestamps: true });
  await fetchFrom(world, ['--mirror', `http://packages.acme.test/${MIRROR}`]);
}

/** Other bytes under the name of a version that the signed index of the mirror lists. */
export async function replaceOnMirror(world: World, version: string, withVersion: string): Promise<void> {
  const { acme } = world.lab;
  await copyFile(acme.fileOf(withVersion), join(mirrorOf(world), 'pool', basename(acme.publishedFileOf(version))));
}

export async function dropMirror(world: World): Promise<void> {
  await rm(mirrorOf(world), { recursive: true, force: true });
  await fetchFrom(world, []);
}

function mirrorOf({ lab }: World): string {
  return join(lab.acme.root, MIRROR);
}

async function fetchFrom(world: World, more: readonly string[]): Promise<void> {
  const { items } = await world
    .as('ana')
    .looks<{ items: readonly OriginBody[] }>(['origin', 'list'], { exit: [0, FINDINGS] });
  const before = items.find(({ url }) => url === URL);
  if (before !== undefined) await world.as('ada').asks(['origin', 'remove', before.id]);
  const origin = ['--url', URL, '--suite', 'acme', '--component', 'main', '--key', world.lab.acme.keyFile];
  await world.as('ada').asks(['origin', 'add', ...origin, ...more, '--no-refresh']);
}
