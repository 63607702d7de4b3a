import { mkdir, writeFile } from 'node:fs/promises';
import { ACME_SOURCE, Acme } from './acme/acme.ts';
import { makeSigningKeys } from './acme/signing-key.ts';
import { ACME_FIRST } from './acme/versions.ts';
import { baseSystem } from './debian/base-system.ts';
import { debianMirror } from './debian/mirror.ts';
import { takeDown } from './down.ts';
import { checkPlans, type HostPlan } from './hosts/host-plan.ts';
import { hubHosts, type Layers, makeRoot } from './hosts/host-root.ts';
import { LabHost } from './hosts/lab-host.ts';
import { makeHostNetwork, makeHubNetwork } from './hosts/network.ts';
import { Hub } from './hub/hub.ts';
import { LabError } from './lab-error.ts';
import { raiseInotifyLimit } from './machine/inotify.ts';
import { isAlive, ownIdentity } from './machine/process-identity.ts';
import { checkMachine } from './machine/requirements.ts';
import type { Place } from './place.ts';
import { Repository } from './repository/repository.ts';
import { claimFolder, type LabState, readState, stateOf, writeState } from './state.ts';

type Say = (line: string) => void;

/** Makes the lab, or leaves the one that stands as it is. Whatever goes wrong, nothing half made stays. */
export async function setUp(place: Place, plans: readonly HostPlan[], say: Say, stop: AbortSignal): Promise<void> {
  await checkMachine();
  const state = await readState(place);
  if (state !== null && state.maker === null) return requireSame(state, plans);
  await refuseWhileMade(state);
  if (state !== null) await takeDown(place);

  await claimFolder(place, stateOf(plans, await ownIdentity()));
  const failing = new AbortController();
  try {
    await make(place.stoppedBy(AbortSignal.any([stop, failing.signal])), plans, say, (why) => failing.abort(why));
    await writeState(place, stateOf(plans, null));
  } catch (error) {
    await takeDown(place);
    throw error;
  }
}

/** Adds a host to a lab that is up. */
export async function makeHost(place: Place, plan: HostPlan, say: Say): Promise<LabHost> {
  const state = await readState(place);
  const plans = [...(state?.hosts ?? []), plan];
  checkPlans(plans);
  await writeState(place, stateOf(plans, null));
  await makeHostNetwork(place, plan);
  const { layers } = await sharedParts(place, say);
  return bootNew(place, plan, layers);
}

function requireSame(state: LabState, plans: readonly HostPlan[]): void {
  const names = (list: readonly HostPlan[]): string => list.map(({ name }) => name).join(', ');
  if (plans.every((plan) => state.hosts.some(({ name }) => name === plan.name))) return;
  const what = `a lab with other hosts is up: ${names(state.hosts)}, and not ${names(plans)}`;
  throw new LabError(what, 'take it down first, or name another folder with --dir');
}

async function refuseWhileMade(state: LabState | null): Promise<void> {
  if (state?.maker == null || !(await isAlive(state.maker))) return;
  throw new LabError(`process ${state.maker.pid} is setting this lab up`, 'wait for it, or end it');
}

async function make(place: Place, plans: readonly HostPlan[], say: Say, fail: (why: unknown) => void): Promise<void> {
  await place.work.create();
  await place.hubGroup.create();
  await raiseInotifyLimit(place);
  const { layers, served } = await sharedParts(place, say);
  const acme = new Acme(place);
  await makeSigningKeys(place);
  await acme.buildAll();

  say(`starting ${plans.length} hosts ...`);
  await mkdir(place.path('hub'), { recursive: true });
  await writeFile(place.path('hub', 'hosts'), `127.0.0.1 localhost\n${hubHosts()}${hostLines(plans)}`);
  await makeHubNetwork(place);
  for (const plan of plans) await makeHostNetwork(place, plan);
  await new Repository(place).serve(new Hub(place), [served, acme.root]);
  const booting = plans.map((plan) => bootNew(place, plan, layers));
  // One that fails stops the others, and all have stopped before anything is taken down.
  for (const one of booting) one.catch(fail);
  await Promise.allSettled(booting);
  await Promise.all(booting);
}

/** What all labs share; built where it is not there yet. */
async function sharedParts(place: Place, say: Say): Promise<{ layers: Layers; served: string }> {
  const base = await baseSystem(place, say);
  const { layer, served } = await debianMirror(place, base, say);
  return { layers: [layer, base], served };
}

function hostLines(plans: readonly HostPlan[]): string {
  return plans.map(({ name, address }) => `${address} ${name}\n`).join('');
}

async function bootNew(place: Place, plan: HostPlan, layers: Layers): Promise<LabHost> {
  const acme = new Acme(place);
  await makeRoot(place, plan, layers);
  const host = new LabHost(place, plan);
  await host.start();
  await host.copyIn(acme.keyFile, acme.keyOnHost);
  await host.writeFile('/etc/apt/sources.list.d/acme.list', `${ACME_SOURCE}\n`);
  await host.run(['apt-get', '--quiet', 'update', '--error-on=any']);
  const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await host.run(['apt-get', '--quiet', '--yes', 'install', `acme-web=${ACME_FIRST}`], quiet);
  return host;
}
