import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asset } from '@patchsteward/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAgentPackage } from '../tools/agent-package.ts';
import { enrollAgent, installAgent, waitUntilAgentRuns } from './e2e/agents.ts';
import { foundPeople } from './e2e/founding/people.ts';
import { AGENTS_ADDRESS } from './e2e/server.ts';
import { Transcript } from './e2e/transcript.ts';
import { World } from './e2e/world.ts';
import type { LabHost } from './hosts/lab-host.ts';

const FOLDER = `/var/tmp/pslab-pkg-${process.pid}`;
const NEWER = '99.0.0';
const QUIET = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
const UNITS = ['patchsteward-agent.service', 'patchsteward-agent.path', 'patchsteward-runner.socket'];
const ALL_UNITS = [...UNITS, 'patchsteward-runner.service'];
/** `systemd-analyze security`: from 5 on it calls a service "medium", and from 7 on "exposed". */
const EXPOSURE_MAX = 5;
const NEWER_MS_MAX = 60_000;
/** Where packages may leave nothing; the rest is dpkg's own, logs, and what lives in memory. */
const LOOKED_AT = ['/etc', '/usr', '/var/lib', '/opt', '/srv', '/root', '/home'];
const OF_DPKG = /^\/var\/lib\/(?:dpkg|apt|systemd|redis)(?:\/|$)/;

let world: World;
let host: LabHost;
let output = '';
let before: readonly string[] = [];
let newer = '';

beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), 'patchsteward-package-'));
  const say = (): void => {};
  const hosts = [
    { name: 'one', address: '10.77.4.1', environment: 'production', criticality: 'low', redundancyGroup: null },
  ] as const;
  world = await World.open({ folder: FOLDER, output, transcript: new Transcript(say), say, hosts });
  host = world.lab.host('one');
  before = await files();
  const [own, upgrade] = [await buildAgentPackage(output, 'amd64'), await buildAgentPackage(output, 'amd64', NEWER)];
  newer = upgrade.path;
  await foundPeople(world);
  await installAgent(host, own.path);
});

afterAll(async () => {
  await world?.close();
  await rm(output, { recursive: true, force: true });
});

async function files(): Promise<string[]> {
  const found = await host.run(['find', ...LOOKED_AT, '-xdev', '-print']);
  return found.split('\n').filter((path) => path !== '' && !OF_DPKG.test(path));
}

async function active(unit: string): Promise<string> {
  return (await host.exec(['systemctl', 'is-active', unit])).stdout.trim();
}

const statusNow = async () => JSON.parse(await host.run(['patchsteward-agent', 'status', '--json']));
const assetNow = () => world.as('ana').looks<Asset>(['asset', 'show', world.assetOf('one')]);

describe('the package of the agent', () => {
  it('waits, once installed, until somebody enrolls the host', async () => {
    expect(await Promise.all(UNITS.map(active))).toEqual(['inactive', 'active', 'active']);
    expect(await statusNow()).toMatchObject({ running: false, enrolled: null });
    expect((await host.exec(['systemctl', 'is-system-running'])).stdout.trim()).toBe('running');
  });

  it('has units that systemd understands, and that close what they do not need', async () => {
    const verified = await host.exec(['systemd-analyze', 'verify', '--man=no', ...ALL_UNITS]);
    expect(verified).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    for (const unit of ['patchsteward-agent.service', 'patchsteward-runner.service']) {
      const said = await host.run(['systemd-analyze', 'security', '--no-pager', unit]);
      const exposure = Number(/Overall exposure level for \S+: ([0-9.]+)/.exec(said)?.[1]);
      expect(exposure, unit).toBeLessThan(EXPOSURE_MAX);
    }
  });

  it('starts the agent by itself once the host is enrolled, and not as root', async () => {
    const { token } = await world.as('ada').looks<{ token: string }>(['enrollment-token', 'create']);
    const { rootSha256 } = world;
    world.assets.set('one', await enrollAgent(host, { server: AGENTS_ADDRESS, token, rootSha256 }));
    await waitUntilAgentRuns(host);
    await world.eventually('a report', NEWER_MS_MAX, async () => (await assetNow()).packages);

    const pid = (await host.run(['systemctl', 'show', '--value', '--property=MainPID', 'patchsteward-agent'])).trim();
    expect((await host.run(['stat', '-c', '%U', `/proc/${pid}`])).trim()).toBe('patchsteward-agent');
    expect(await statusNow()).toMatchObject({
      running: true,
      runner: { guard: { criticality: 'low' }, problem: null },
    });
  });

  it('is upgraded to a higher version and stays the same host', async () => {
    const asset = await assetNow();
    const identity = await host.run(['sha256sum', '/var/lib/patchsteward-agent/key.pem']);

    await installAgent(host, newer);
    await world.eventually('the newer agent', NEWER_MS_MAX, async () =>
      (await assetNow()).agentVersion === NEWER ? true : null,
    );

    expect(asset.agentVersion).not.toBe(NEWER);
    expect((await host.run(['patchsteward-agent', '--version'])).trim()).toBe(NEWER);
    expect(await host.run(['sha256sum', '/var/lib/patchsteward-agent/key.pem'])).toBe(identity);
    expect(await Promise.all(UNITS.map(active))).toEqual(['active', 'active', 'active']);
    expect(await statusNow()).toMatchObject({ running: true, enrolled: { assetId: asset.id } });
  });

  it('is removed, and keeps who the host is', async () => {
    await host.run(['apt-get', '--quiet=2', '--yes', 'remove', 'patchsteward-agent'], QUIET);

    expect(await Promise.all(ALL_UNITS.map(active))).toEqual(ALL_UNITS.map(() => 'inactive'));
    expect((await host.exec(['pgrep', '-f', '/usr/lib/patchsteward-agent/'])).stdout).toBe('');
    expect((await host.exec(['test', '-e', '/usr/lib/patchsteward-agent'])).exitCode).toBe(1);
    expect((await host.exec(['test', '-e', '/var/lib/patchsteward-agent/key.pem'])).exitCode).toBe(0);
    expect((await host.exec(['test', '-e', '/var/lib/patchsteward-runner/root.json'])).exitCode).toBe(0);
  });

  it('comes back as the same host', async () => {
    await installAgent(host, newer);
    await waitUntilAgentRuns(host);

    expect(await statusNow()).toMatchObject({ running: true, enrolled: { assetId: world.assetOf('one') } });
  });

  it('is purged, and leaves nothing', async () => {
    await host.run(['apt-get', '--quiet=2', '--yes', 'purge', 'patchsteward-agent'], QUIET);

    const left = (await files()).filter((path) => !before.includes(path));
    expect(left).toEqual([]);
    expect((await host.exec(['test', '-e', '/run/patchsteward'])).exitCode).toBe(1);
    expect((await host.exec(['systemctl', 'list-units', '--all', '--no-legend', 'patchsteward*'])).stdout).toBe('');
    expect((await host.exec(['dpkg-query', '-W', 'patchsteward-agent'])).exitCode).toBe(1);
  });
});
