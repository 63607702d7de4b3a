import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabHost } from '../hosts/lab-host.ts';
import type { Hub } from '../hub/hub.ts';
import { LabError } from '../lab-error.ts';

const BUILD = join(import.meta.dirname, '../../tools/agent-package.ts');
const DEBIAN_PACKAGE = '/var/tmp/patchsteward-agent.deb';
const QUIET_APT = ['apt-get', '--quiet=2', '--yes', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0'];
const ENVIRONMENT = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
const UNITS = ['patchsteward-agent.service', 'patchsteward-runner.service', 'patchsteward-runner.socket'];
/** The path unit starts the agent as soon as there is an identity. */
const RUNNING_MS_MAX = 30_000;
const LOOK_MS = 200;

/** The package that every host gets: built from this tree, as for anybody. */
export async function agentPackage(hub: Hub, folder: string): Promise<string> {
  const output = join(folder, 'agent');
  // In a process of its own: to compress it takes seconds in which nothing else would be done.
  await hub.run([process.execPath, BUILD, '--output', output]);
  const [name = ''] = await readdir(output);
  return join(output, name);
}

export async function installAgent(host: LabHost, debianPackage: string): Promise<void> {
  await host.copyIn(debianPackage, DEBIAN_PACKAGE);
  await host.run([...QUIET_APT, 'install', '--allow-downgrades', DEBIAN_PACKAGE], ENVIRONMENT);
  await host.run(['rm', DEBIAN_PACKAGE]);
}

export interface Enrollment {
  readonly server: string;
  readonly token: string;
  readonly rootSha256: string;
}

/** What the owner of a host types there, once. Environment and criticality are pinned here, out of reach of the server. */
export function enrollCommand(host: LabHost, { server, rootSha256 }: Omit<Enrollment, 'token'>): string[] {
  const { environment, criticality } = host.plan;
  const pinned = ['--root-sha256', rootSha256, '--environment', environment, '--criticality', criticality];
  return ['patchsteward-agent', 'enroll', '--server', server, '--token', '-', ...pinned];
}

export async function enrollAgent(host: LabHost, enrollment: Enrollment): Promise<string> {
  const said = await host.run(enrollCommand(host, enrollment), { input: enrollment.token });
  const assetId = /enrolled as ([0-9a-f-]{36})/.exec(said)?.[1];
  if (assetId === undefined)
    throw new LabError(`${host.name} did not say as what it enrolled: ${said}`, 'see the agent');
  return assetId;
}

export async function waitUntilAgentRuns(host: LabHost): Promise<void> {
  const until = Date.now() + RUNNING_MS_MAX;
  for (;;) {
    const { stdout } = await host.exec(['systemctl', 'is-active', 'patchsteward-agent.service']);
    if (stdout.trim() === 'active') return;
    if (Date.now() > until) {
      throw new LabError(`the agent of ${host.name} is ${stdout.trim()}`, 'see its journal in the folder of the run');
    }
    await sleep(LOOK_MS);
  }
}

/** Everything that both parts of the agent, and what they started, have said. */
export async function agentJournal(host: LabHost): Promise<string> {
  const units = [...UNITS, 'patchsteward-run-*'].flatMap((unit) => ['--unit', unit]);
  const { stdout, stderr } = await host.exec(['journalctl', '--no-pager', '--output', 'short-iso-precise', ...units]);
  return `${stdout}${stderr}`;
}
