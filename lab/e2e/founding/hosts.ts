import type { Asset } from '@patchsteward/contract';
import type { LabHost } from '../../hosts/lab-host.ts';
import { agentPackage, enrollAgent, enrollCommand, installAgent, waitUntilAgentRuns } from '../agents.ts';
import { WATCH_SECONDS } from '../policy.ts';
import { AGENTS_ADDRESS } from '../server.ts';
import { secondsOf } from '../transcript.ts';
import type { World } from '../world.ts';

const SETTING_UP = 'before the story';
const GROUP = 'around-the-clock';
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const REPORTED_MS_MAX = 60_000;

/** The package that anybody would install, built from this tree, on every host; how long it took. */
export async function installAgents(world: World): Promise<number> {
  const started = Date.now();
  const debianPackage = await agentPackage(world.lab.hub, world.secrets);
  await Promise.all(world.lab.hosts.map((host) => installAgent(host, debianPackage)));
  return Date.now() - started;
}

export function enrollHosts(world: World, installed: Promise<number>): Promise<void> {
  return world.transcript.step(SETTING_UP, 'each host gets the agent, and pins whom it believes', async () => {
    const took = secondsOf(await installed);
    const hosts = `${world.lab.hosts.length} hosts`;
    world.transcript.see(`patchsteward-agent was built and installed on ${hosts}, beside the above, in ${took}`);
    await Promise.all(world.lab.hosts.map((host) => enrollHost(world, host)));
  });
}

async function enrollHost(world: World, host: LabHost): Promise<void> {
  const created = ['enrollment-token', 'create', '--note', host.name, '--valid', '30m'];
  const { token } = await world.as('ada').asks<{ token: string }>(created);
  const enrollment = { server: AGENTS_ADDRESS, token, rootSha256: world.rootSha256 };
  const started = Date.now();
  const assetId = await enrollAgent(host, enrollment);
  await waitUntilAgentRuns(host);
  world.assets.set(host.name, assetId);
  const who = { login: `root@${host.name}`, name: 'the owner of the host', roles: ['host'], key: null };
  const command = enrollCommand(host, enrollment).join(' ');
  world.transcript.act({ who, command, exitCode: 0, tookMs: Date.now() - started }, started);
}

export function describeAssets(world: World): Promise<void> {
  return world.transcript.step(SETTING_UP, 'it is said what each host is, and when it may go down', async () => {
    const windows = WEEKDAYS.flatMap((day) => ['--window', `${day} 00:00 24h`]);
    await world.as('ian').asks(['group', 'set', GROUP, '--zone', 'Europe/Berlin', ...windows]);
    await world.as('ian').asks(['stakeholder', 'add', 'desk@patchsteward.test', '--group', '*']);
    await Promise.all(world.lab.hosts.map((host) => describeAsset(world, host)));
  });
}

async function describeAsset(world: World, host: LabHost): Promise<void> {
  const { environment, criticality, redundancyGroup } = host.plan;
  const asset = world.assetOf(host.name);
  await world.eventually(`${host.name} reports`, REPORTED_MS_MAX, async () => {
    const { packages } = await world.as('ana').looks<Asset>(['asset', 'show', asset]);
    return packages;
  });
  const set = ['asset', 'set', asset, '--environment', environment, '--criticality', criticality, '--owner', 'otto'];
  const more = ['--exposure', 'internal', '--maintenance-group', GROUP];
  const ring = environment === 'non-production' ? ['--ring'] : [];
  const together = redundancyGroup === null ? [] : ['--redundancy-group', redundancyGroup];
  await world.as('ian').asks([...set, ...more, ...ring, ...together]);
  const watched = ['--unit', 'redis-server.service', '--port', '6379', '--watch', `${WATCH_SECONDS}s`];
  await world.as('ian').asks(['health', 'set', asset, ...watched]);
}
