import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import type { HostPlan } from './hosts/host-plan.ts';
import { LabError } from './lab-error.ts';
import type { ProcessIdentity } from './machine/process-identity.ts';
import { codeOf } from './machine/system-error.ts';
import type { Place } from './place.ts';

const VERSION = 1;
export const STATE = 'lab.json';
const DRAFT = /^lab\.json\.\d+\.draft$/;

/** What a second process must know of a lab. It stands on disk before the first thing is made. */
export interface LabState {
  readonly version: typeof VERSION;
  readonly hosts: readonly HostPlan[];
  /** The process that makes the lab; null once the lab is made. */
  readonly maker: ProcessIdentity | null;
}

export function stateOf(hosts: readonly HostPlan[], maker: ProcessIdentity | null): LabState {
  return { version: VERSION, hosts, maker };
}

/** Null: no lab was ever made here, or it was taken down. */
export async function readState(place: Place): Promise<LabState | null> {
  try {
    // The file is our own, renamed into place whole; its version says that its shape is the one below.
    const state: LabState = JSON.parse(await readFile(place.path(STATE), 'utf8'));
    if (state.version === VERSION) return state;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  throw new LabError('this lab was made by another version', 'take it down with the version that made it');
}

/** Says whose lab this is before anything of it is made. Refuses where a lab is, or where somebody keeps other files. */
export async function claimFolder(place: Place, state: LabState): Promise<void> {
  await mkdir(place.folder, { recursive: true, mode: 0o755 });
  const foreign = (await readdir(place.folder)).filter((name) => !DRAFT.test(name) && name !== STATE);
  if (foreign.length > 0 && (await readState(place)) === null) {
    const what = `${place.folder} holds files that are not a lab's`;
    throw new LabError(what, 'name an empty folder with --dir', { exitCode: 2 });
  }
  const draft = await writeDraft(place, state);
  try {
    // Unlike a rename this fails where the name is taken.
    await link(draft, place.path(STATE));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new LabError(`another process is setting up a lab in ${place.folder}`, 'wait for it', { cause: error });
  } finally {
    await rm(draft);
  }
}

export async function writeState(place: Place, state: LabState): Promise<void> {
  await rename(await writeDraft(place, state), place.path(STATE));
}

async function writeDraft(place: Place, state: LabState): Promise<string> {
  const draft = place.path(`${STATE}.${process.pid}.draft`);
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(state, null, 2));
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}
