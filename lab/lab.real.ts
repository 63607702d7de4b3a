import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LabHost } from './hosts/lab-host.ts';
import { type Lab, openLab } from './lab.ts';
import { Place } from './place.ts';
import { labStatus, needsCare } from './status.ts';
import { leftovers } from './testing/leftovers.ts';

const FOLDER = `/var/tmp/pslab-real-${process.pid}`;
const NONINTERACTIVE = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
const UPDATE = ['apt-get', '--quiet', 'update', '--error-on=any', '-o', 'Acquire::Retries=0'];
const INOTIFY = '/proc/sys/fs/inotify/max_user_instances';

let lab: Lab;
let inotifyBefore = '';

beforeAll(async () => {
  inotifyBefore = await readFile(INOTIFY, 'utf8');
  lab = await openLab({ folder: FOLDER });
});

afterAll(() => lab?.down());

const install = (host: LabHost, ...what: string[]) =>
  host.exec(['apt-get', '--quiet', '--yes', '--allow-downgrades', 'install', ...what], NONINTERACTIVE);
const webOf = async (host: LabHost) => (await lab.hub.get(`http://${host.plan.address}:8080/`))?.body ?? null;

describe('four hosts', () => {
  test('each has its own identity, and all run', async () => {
    const facts = await Promise.all(
      lab.hosts.map(async (host) => ({
        system: await host.systemState(),
        hostname: (await host.run(['uname', '-n'])).trim(),
        machine: await host.readFile('/etc/machine-id'),
        boot: await host.bootId(),
        address: await host.run(['ip', '-brief', 'address', 'show', 'eth0']),
        first: (await host.readFile('/proc/1/comm')).trim(),
      })),
    );

    expect(facts.map(({ system }) => system)).toEqual(['running', 'running', 'running', 'running']);
    expect(facts.map(({ hostname }) => hostname)).toEqual(['ring-1', 'low-1', 'critical-1', 'critical-2']);
    expect(new Set(facts.map(({ machine }) => machine)).size).toBe(4);
    expect(new Set(facts.map(({ boot }) => boot)).size).toBe(4);
    expect(facts.map(({ first }) => first)).toEqual(['systemd', 'systemd', 'systemd', 'systemd']);
    for (const [index, host] of lab.hosts.entries()) expect(facts[index]?.address).toContain(host.plan.address);
  });

  test('serve, to the hub and to each other', async () => {
    for (const host of lab.hosts) expect(await webOf(host)).toBe('acme-web 1.0\n');
    const asked = await lab.host('ring-1').exec(['perl', '-MIO::Socket::INET', '-e', ASK, '10.77.3.2:8080']);

    expect(asked.stdout).toContain('acme-web 1.0');
  });

  test('have no way out of their network', async () => {
    const asked = await lab.host('ring-1').exec(['perl', '-MIO::Socket::INET', '-e', ASK, '192.0.2.1:80']);

    expect(asked.exitCode).not.toBe(0);
  });

  test('are what the status says', async () => {
    const status = await labStatus(await Place.of(FOLDER));

    expect(status).toMatchObject({ state: 'up', repositoryServes: true });
    expect(status.hosts.map(({ name, system, whole }) => [name, system, whole])).toEqual(
      lab.hosts.map(({ name }) => [name, 'running', true]),
    );
    expect(needsCare(status)).toBe(false);
  });

  test('another process finds the same lab; other hosts are refused', async () => {
    const again = await openLab({ folder: FOLDER });

    expect(again.hosts.map(({ plan }) => plan)).toEqual(lab.hosts.map(({ plan }) => plan));
    await expect(openLab({ folder: FOLDER, hosts: 5 })).rejects.toThrow(/a lab with other hosts is up/);
  });
});

/** Connects within two seconds and prints what it is told. */
const ASK = `my $s = IO::Socket::INET->new(PeerAddr => shift, Timeout => 2) or exit 1;
print $s "GET / HTTP/1.0\\r\\n\\r\\n"; print while <$s>;`;

describe('what is run in a host', () => {
  test('gives output, error output and exit code apart; input arrives', async () => {
    const host = lab.host('low-1');

    const ending = await host.exec(['sh', '-c', 'cat; echo no >&2; exit 3'], { input: 'yes' });

    expect(ending).toEqual({ exitCode: 3, stdout: 'yes', stderr: 'no\n' });
    await expect(host.run(['sh', '-c', 'echo because >&2; exit 3'])).rejects.toThrow(/ended with 3: because/);
  });

  test('need not wait for what it leaves running, and is ended when it takes too long', async () => {
    const host = lab.host('low-1');

    expect(await host.exec(['sh', '-c', 'sleep 600 & echo done'])).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    await expect(host.exec(['sleep', '601'], { timeoutMs: 300 })).rejects.toThrow(/took longer than 300 ms/);
    expect((await host.run(['ps', '-eo', 'args'])).split('\n')).not.toContain('sleep 601');
  });

  test('files come back as they went', async () => {
    const host = lab.host('low-1');
    await host.writeFile('/opt/new/folder/secret', 'a\nb\0c', { mode: 0o600 });

    expect(await host.readFile('/opt/new/folder/secret')).toBe('a\nb\0c');
    expect((await host.run(['stat', '-c', '%a %a', '/opt/new/folder/secret'])).trim()).toBe('600 600');
  });
});

describe('a genuine Debian update', () => {
  test('is offered under Debian’s own signature, and replaces the outdated service', async () => {
    const host = lab.host('ring-1');
    const before = await host.dpkgVersions();

    const { exitCode } = await install(host, 'redis-server');

    const after = await host.dpkgVersions();
    expect(exitCode).toBe(0);
    expect(before['redis-server']).toBe('5:7.0.15-1~deb12u7');
    const newer = ['dpkg', '--compare-versions', after['redis-server'] ?? '', 'ge', '5:7.0.15-1~deb12u9'];
    expect((await host.exec(newer)).exitCode).toBe(0);
    expect((await host.run(['systemctl', 'is-active', 'redis-server'])).trim()).toBe('active');
    const listed = await host.readFile(
      '/var/lib/apt/lists/deb.debian.org_debian-security_dists_bookworm-security_InRelease',
    );
    expect(listed).toMatch(/^Origin: Debian$/m);
  });

  test('can be taken back: the outdated one is still downloaded', async () => {
    const host = lab.host('ring-1');

    const outdated = ['redis-server', 'redis-tools'].map((name) => `${name}=5:7.0.15-1~deb12u7`);
    const { exitCode } = await install(host, ...outdated);

    expect(exitCode).toBe(0);
    expect((await host.dpkgVersions())['redis-server']).toBe('5:7.0.15-1~deb12u7');
  });

  test('everything that is upgradable can be downloaded', async () => {
    const host = lab.host('ring-1');

    const ending = await host.exec(['apt-get', '--quiet', '--yes', '--download-only', 'dist-upgrade']);

    expect(ending).toMatchObject({ exitCode: 0 });
    expect(ending.stdout).toMatch(/libssl3/);
  });
});

describe('the vendor’s repository', () => {
  test('publishes a new version at run time', async () => {
    const host = lab.host('low-1');
    await lab.acme.publish({ versions: ['1.0', '1.1'] });

    expect(await host.exec(UPDATE)).toMatchObject({ exitCode: 0 });
    expect(await install(host, 'acme-web')).toMatchObject({ exitCode: 0 });
    expect((await host.dpkgVersions())['acme-web']).toBe('1.1');
    expect(await webOf(host)).toBe('acme-web 1.1\n');
  });

  test.each([
    ['an index that has ended', { dateMs: Date.parse('2026-01-01T00:00:00Z') }, /is expired/],
    ['an index of the future', { dateMs: Date.now() + 86_400_000 }, /is not valid yet/],
    ['a stranger’s signature', { signedBy: 'stranger' }, /NO_PUBKEY/],
    ['no signature', { signedBy: null }, /is no longer signed|is not signed/],
  ] as const)('%s is refused by the host', async (_, how, complaint) => {
    await lab.acme.publish({ versions: ['1.0', '1.1'], ...how });

    const { exitCode, stderr } = await lab.host('low-1').exec(UPDATE);

    expect(exitCode).toBe(100);
    expect(stderr).toMatch(complaint);
    await lab.acme.publish({ versions: ['1.0', '1.1'] });
    expect(await lab.host('low-1').exec(UPDATE)).toMatchObject({ exitCode: 0 });
  });

  test('other bytes under the same version are refused; published anew they are taken', async () => {
    const host = lab.host('ring-1');
    await lab.acme.publish({ versions: ['1.0', '1.1'] });
    await host.run(UPDATE);
    await lab.acme.replaceBytes('1.1', '1.2');

    const refused = await install(host, 'acme-web=1.1');

    expect(refused.exitCode).toBe(100);
    expect((await host.dpkgVersions())['acme-web']).toBe('1.0');

    await lab.acme.rebuild('1.1', { change: 'The same, built anew.' });
    await lab.acme.publish({ versions: ['1.0', '1.1'] });
    await host.run(UPDATE);
    expect(await install(host, 'acme-web=1.1')).toMatchObject({ exitCode: 0 });
    expect(await host.readFile('/usr/share/doc/acme-web/changelog.Debian')).toContain('built anew');
  });

  test.each([
    ['not-found', /404/],
    ['server-error', /500/],
    ['corrupt', /Hash Sum mismatch/],
    ['truncated', /Connection|Failed to fetch/],
    ['hang', /Connection/],
  ] as const)('a download that is %s is refused by the host', async (mode, complaint) => {
    const host = lab.host('critical-1');
    await host.run(UPDATE);
    await lab.repository.setFaults([{ match: String.raw`acme-web.*\.deb$`, mode }]);

    const get = ['apt-get', '--yes', '-o', 'Acquire::http::Timeout=2', '-o', 'Acquire::Retries=0'];
    const { exitCode, stderr } = await host.exec([...get, 'install', 'acme-web=1.1']);

    await lab.repository.clearFaults();
    expect(exitCode).toBe(100);
    expect(stderr).toMatch(complaint);
    expect((await lab.repository.requests()).filter(({ fault }) => fault === mode)).not.toHaveLength(0);
    expect((await host.dpkgVersions())['acme-web']).toBe('1.0');
  });
});

describe('every kind of bad version does its harm', () => {
  beforeAll(async () => {
    await lab.acme.publish({ versions: ['1.0', '1.1', '1.2', '1.3', '1.5', '1.6', '1.7', '1.8'] });
    await lab.host('critical-2').run(UPDATE);
  });

  test('1.2: the post-install script fails, the former version repairs', async () => {
    const host = lab.host('critical-2');

    expect(await install(host, 'acme-web=1.2')).toMatchObject({ exitCode: 100 });
    expect(await host.run(['dpkg', '--audit'])).toContain('acme-web');
    expect(await install(host, 'acme-web=1.0')).toMatchObject({ exitCode: 0 });
    expect(await host.run(['dpkg', '--audit'])).toBe('');
  });

  test('1.3: the service fails after its start', async () => {
    const host = lab.host('critical-2');

    expect(await install(host, 'acme-web=1.3')).toMatchObject({ exitCode: 0 });
    await expect
      .poll(() => host.exec(['systemctl', 'is-failed', 'acme-web']), { timeout: 30_000, interval: 500 })
      .toMatchObject({ stdout: 'failed\n' });
    expect(await host.systemState()).toBe('degraded');
    expect(await install(host, 'acme-web=1.0')).toMatchObject({ exitCode: 0 });
  });

  test('1.5: a configuration that was changed here is asked about', async () => {
    const host = lab.host('critical-1');
    await host.run(UPDATE);
    await host.writeFile('/etc/acme-web/acme.conf', 'color=mine\n');

    expect(await install(host, 'acme-web=1.5')).toMatchObject({ exitCode: 100 });
    expect(await host.exec(['dpkg', '--force-confold', '--configure', '-a'], NONINTERACTIVE)).toMatchObject({
      exitCode: 0,
    });
    expect(await host.readFile('/etc/acme-web/acme.conf')).toBe('color=mine\n');
  });

  test('1.6: what it needs is nowhere', async () => {
    expect(await install(lab.host('critical-2'), 'acme-web=1.6')).toMatchObject({ exitCode: 100 });
  });

  test('1.7: it wants a reboot, which is a new boot of the same host', async () => {
    const host = lab.host('critical-2');
    const [boot, machine] = [await host.bootId(), await host.readFile('/etc/machine-id')];
    expect(await install(host, 'acme-web=1.7')).toMatchObject({ exitCode: 0 });
    expect(await host.readFile('/run/reboot-required.pkgs')).toBe('acme-web\n');

    await host.reboot();

    expect(await host.bootId()).not.toBe(boot);
    expect(await host.readFile('/etc/machine-id')).toBe(machine);
    expect(await host.exec(['test', '-e', '/run/reboot-required'])).toMatchObject({ exitCode: 1 });
    expect(await webOf(host)).toBe('acme-web 1.7\n');
  });

  test('1.8: it never ends, also not for a power cut in its middle', async () => {
    const host = lab.host('critical-2');
    const installing = install(host, 'acme-web=1.8');
    await expect.poll(async () => (await host.exec(['pgrep', '-x', 'sleep'])).exitCode, { timeout: 30_000 }).toBe(0);

    await host.powerCut();

    expect(await host.isRunning()).toBe(false);
    expect((await installing).exitCode).not.toBe(0);
    await host.start();
    expect(await host.run(['dpkg', '--audit'])).toContain('acme-web');
  });
});

describe('a host', () => {
  test('whose cable is out is reached by nobody, and runs on', async () => {
    const host = lab.host('low-1');
    const boot = await host.bootId();

    await host.cutCable();
    expect(await webOf(host)).toBeNull();
    await host.plugCable();

    await expect.poll(() => webOf(host), { timeout: 10_000 }).toMatch(/^acme-web/);
    expect(await host.bootId()).toBe(boot);
  });

  test('that is powered off stays off until it is started', async () => {
    const host = lab.host('low-1');

    await host.stop();

    expect(await host.systemState()).toBeNull();
    await expect(host.exec(['true'])).rejects.toThrow(/low-1 does not run/);
    expect((await labStatus(await Place.of(FOLDER))).hosts[1]).toMatchObject({ system: 'off', whole: true });
    await host.start();
    expect(await webOf(host)).toMatch(/^acme-web/);
  });

  test('can be added, and removed without a trace', async () => {
    const plan = {
      name: 'extra-1',
      address: '10.77.9.9',
      environment: 'production',
      criticality: 'normal',
      redundancyGroup: null,
    } as const;
    await expect(lab.addHost({ ...plan, address: '10.77.2.1' })).rejects.toThrow(/cannot both be/);
    await lab.acme.publish({ versions: ['1.0', '1.1'] });

    const host = await lab.addHost(plan);
    expect(await webOf(host)).toBe('acme-web 1.0\n');
    await host.remove();

    const place = await Place.of(FOLDER);
    expect((await leftovers(place)).filter((one) => one.includes('extra-1'))).toEqual([]);
    expect((await labStatus(place)).hosts.map(({ name }) => name)).not.toContain('extra-1');
  });
});

test('a process in the hub has its own network and is ended with it', async () => {
  const log = `${FOLDER}/hub/listener.log`;
  const script = `require('node:http').createServer((_, answer) => answer.end('here')).listen(8420, '10.77.0.1')`;
  const listener = await lab.hub.spawn([process.execPath, '-e', script], { log });

  await expect.poll(async () => (await lab.hub.get('http://hub:8420/'))?.body).toBe('here');
  expect(await bodyFromThisMachine('http://10.77.0.1:8420/')).not.toBe('here');
  listener.kill('SIGTERM');

  expect(await listener.exited).toBe(143);
});

/** What answers at that address outside of the lab, if anybody does. */
async function bodyFromThisMachine(url: string): Promise<string | null> {
  try {
    return await (await fetch(url, { signal: AbortSignal.timeout(500) })).text();
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}

test('down leaves nothing, and may be said twice', async () => {
  const place = await Place.of(FOLDER);
  expect(await leftovers(place)).not.toEqual([]);

  await lab.down();

  expect(await leftovers(place)).toEqual([]);
  expect(await readFile(INOTIFY, 'utf8')).toBe(inotifyBefore);
  expect(await labStatus(place)).toMatchObject({ state: 'down', hosts: [] });
  await lab.down();
});
