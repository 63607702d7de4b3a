import type { World } from '../world.ts';
import { offer, Patch } from './patch.ts';
import { scenario } from './scenario.ts';
import { dropMirror, mirrorNow, replaceOnMirror } from './server-mirror.ts';

const DAY_MS = 86_400_000;

/**
 * What the server gets is not what the vendor signed. The hosts see a good repository meanwhile, so that it is the
 * server alone that refuses, before any host has a work order. Each with a version of its own: what was said of one
 * transaction stays said. // SOP checklist c8
 */
export async function refused(world: World): Promise<void> {
  await expiredIndex(world);
  await foreignSignature(world);
  await replacedBytes(world);
  await dropMirror(world);
}

/** An index that ended long ago may hide a newer one. */
function expiredIndex(world: World): Promise<void> {
  return scenario(world, 'the index has expired', async () => {
    await world.lab.acme.publish({ versions: ['1.3'], dateMs: Date.now() - 2 * DAY_MS, validForMs: DAY_MS });
    await mirrorNow(world);
    await isRefused(world, '1.3', 'index-expired');
  });
}

function foreignSignature(world: World): Promise<void> {
  return scenario(world, 'the index is signed by a stranger', async () => {
    await world.lab.acme.publish({ versions: ['1.4'], signedBy: 'stranger' });
    await mirrorNow(world);
    await isRefused(world, '1.4', 'signature-wrong');
  });
}

function replacedBytes(world: World): Promise<void> {
  return scenario(world, 'the file is not the one that the signed index lists', async () => {
    await world.lab.acme.publish({ versions: ['1.5'] });
    await mirrorNow(world);
    await replaceOnMirror(world, '1.5', '1.3');
    await isRefused(world, '1.5', 'hash-mismatch');
  });
}

async function isRefused(world: World, version: string, code: string): Promise<void> {
  await offer(world, version);
  const patch = await Patch.open(world, version);
  await patch.explains(code);
  world.transcript.equal('no host has a work order', await patch.jobs(), []);
  await patch.withdraw(`refused: ${code}`);
}
