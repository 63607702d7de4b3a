import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { namespacesOf, removeNamespace } from './hosts/network.ts';
import { removeNspawnTraces } from './hosts/nspawn-traces.ts';
import { LabError } from './lab-error.ts';
import { run } from './machine/command.ts';
import { restoreInotifyLimit } from './machine/inotify.ts';
import { mountsBelow } from './machine/mounts.ts';
import { isAlive } from './machine/process-identity.ts';
import type { Place } from './place.ts';
import { type LabState, readState, STATE } from './state.ts';

/** A killed process may first have to finish what it asked of the disk. */
const MAKER_END_WAIT_MS = 20_000;
const MAKER_POLL_MS = 20;

/**
 * Ends and removes everything of the lab, however far it came and whoever made it. May be run twice, and goes on where a
 * killed one stopped: each part is looked for in the kernel, none is taken from a list.
 */
export async function takeDown(place: Place): Promise<void> {
  const state = await readState(place);
  await endMaker(state);
  await place.group.kill();
  await place.work.create();
  const mounts = await mountsBelow(place.folder);
  await removeNspawnTraces((machine) => machine.startsWith(place.prefix), mounts);
  for (const mount of mounts) await run(place.work, ['umount', mount]);
  for (const namespace of await namespacesOf(place)) await removeNamespace(place, namespace);
  await place.group.remove();
  await restoreInotifyLimit(place);
  // A folder without our own file may be somebody's home.
  if (state !== null) await removeFolder(place);
}

/** A process that still makes the lab would go on behind our back. It is ours: its number and start say so. */
async function endMaker(state: LabState | null): Promise<void> {
  const maker = state?.maker ?? null;
  if (maker === null || maker.pid === process.pid) return;
  const deadline = Date.now() + MAKER_END_WAIT_MS;
  while (await isAlive(maker)) {
    if (Date.now() > deadline) throw new LabError(`process ${maker.pid} does not end`, 'try again in a moment');
    process.kill(maker.pid, 'SIGKILL');
    await sleep(MAKER_POLL_MS);
  }
}

async function removeFolder(place: Place): Promise<void> {
  const left = await mountsBelow(place.folder);
  if (left.length > 0) throw new LabError(`${left.join(', ')} cannot be unmounted`, 'end what uses it and try again');
  // The state goes last: until then a second call knows that the folder is ours.
  for (const name of await readdir(place.folder)) {
    if (name !== STATE) await rm(join(place.folder, name), { recursive: true, force: true });
  }
  await rm(place.folder, { recursive: true, force: true });
}
