import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstalledPackage, InventorySections } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acmeSources, publishAcme } from './testing/acme.ts';
import {
  type AptOracle,
  DPKG_QUERY,
  expectAsAptList,
  expectAsAptMark,
  expectAsDpkg,
  expectAsPythonApt,
  keyed,
  shortName,
} from './testing/agreement.ts';
import { APT_ORACLE, COLLECTOR, DebianRoot, NOBODY } from './testing/debian-root.ts';
import { unameOf } from './testing/kernel-image.ts';
import { type StaticServer, serveFolder } from './testing/static-server.ts';
import { makeSigningKey, type SigningKey } from './testing/test-repository.ts';

const DEBIAN = 'http://deb.debian.org/debian';
const FAKE_PROC = '/tmp/proc';
const NOBODY_SHELL = NOBODY.join(' ');

let root: DebianRoot;
let key: SigningKey;
let mirror = '';
let server: StaticServer;
let facts: InventorySections;
let oracle: AptOracle;
let kernels: { readonly older: string; readonly newer: string };

beforeAll(async () => {
  root = await DebianRoot.make({
    suite: 'bookworm',
    sources: [`deb ${DEBIAN} bookworm main`],
    packages: ['python3-apt', 'unattended-upgrades', 'openssl', 'curl', 'gpgv'],
  });
  key = await makeSigningKey();
  mirror = await mkdtemp(join(tmpdir(), 'patchsteward-mirror-'));
  await publishAcme(root, mirror, key);
  server = await serveFolder(mirror, 'user:secret');
  await configure();
  await install();
  kernels = await installKernels();
  await breakSome();
  await fakeProc(kernels.older);

  facts = JSON.parse(await root.runAsNobody(...COLLECTOR, FAKE_PROC)) as InventorySections;
  oracle = JSON.parse(await root.run(...APT_ORACLE)) as AptOracle;
});

afterAll(async () => {
  await server?.stop();
  await root?.remove();
  await key?.remove();
  await rm(mirror, { recursive: true, force: true });
});

async function configure(): Promise<void> {
  await root.write(
    'etc/apt/sources.list',
    [
      `deb [arch=amd64] ${DEBIAN} bookworm main`,
      `deb [arch=amd64] ${DEBIAN} bookworm-updates main`,
      'deb [arch=amd64] http://deb.debian.org/debian-security bookworm-security main',
      '',
    ].join('\n'),
  );
  await root.write('etc/apt/sources.list.d/acme.list', acmeSources(server.port));
  const pins = [
    'Package: acme-pinned\nPin: version 1.0\nPin-Priority: 1001\n',
    'Package: acme-kept\nPin: version 1.0\nPin-Priority: 990\n',
    'Package: acme-barred\nPin: version 1.1\nPin-Priority: -1\n',
  ];
  await root.write('etc/apt/preferences.d/acme', pins.join('\n'));
  await root.write('etc/machine-id', '0123456789abcdef0123456789abcdef\n');
  await root.run('dpkg', '--add-architecture', 'i386');
  await root.run('apt-get', 'update', '--error-on=any');
}

async function install(): Promise<void> {
  const get = (...names: string[]): Promise<string> =>
    root.run('apt-get', 'install', '--yes', '--no-install-recommends', '--allow-downgrades', ...names);
  await get(
    'acme-tool=1.0',
    'acme-held=1.0',
    'acme-epoch=1:1.0',
    'acme-daemon=1.0',
    'acme-turns-all=1.0',
    'acme-kept=1.0',
    'acme-barred=1.0',
  );
  await get('acme-same=1.0', 'acme-same:i386=1.0', 'acme-pinned=2.0', 'acme-mirrored', 'acme-gone', 'acme-unsigned');
  await get('acme-phased=1.0', 'acme-half-phased=1.0', 'acme-phased-held=1.0', 'acme-initramfs', 'acme-twin-offer=1.0');
  const pool = '/srv/acme/pool/stable';
  await root.run('dpkg', '--install', `${pool}/acme-twin_1.0_all.deb`);
  await root.run(
    'dpkg',
    '--install',
    '/srv/unpublished/acme-local_9_all.deb',
    '/srv/unpublished/acme-withdrawn_1.0_all.deb',
  );
  await root.run('apt-get', 'remove', '--yes', 'acme-gone');
  await root.run('apt-mark', 'hold', 'acme-held', 'acme-phased-held', 'acme-same:i386', 'openssl', 'libc6');
}

/** Last, for apt would try to mend it first. */
async function breakSome(): Promise<void> {
  await root.run('dpkg', '--unpack', '/srv/acme/pool/stable/acme-unpacked_1.0_all.deb');
  await expect(root.run('dpkg', '--install', '/srv/acme/pool/stable/acme-broken_1.0_all.deb')).rejects.toThrow();
}

/** Two genuine kernels, the oldest and the newest that the mirror has of one flavor. */
async function installKernels(): Promise<typeof kernels> {
  const names = (await root.lines('apt-cache', 'pkgnames', 'linux-image-6.1.0-'))
    .filter((name) => /^linux-image-6\.1\.0-\d+-cloud-amd64$/.test(name))
    .toSorted((a, b) => Number(a.split('-')[3]) - Number(b.split('-')[3]));
  const [older = '', newer = ''] = [names.at(0), names.at(-1)];
  expect(older).not.toBe(newer);
  for (const name of [newer, older]) {
    await root.run('apt-get', 'install', '--yes', '--no-install-recommends', '--no-remove', name);
  }
  await root.run('apt-get', 'install', '--yes', '--no-install-recommends', 'linux-image-cloud-amd64');
  return { older: older.replace('linux-image-', ''), newer: newer.replace('linux-image-', '') };
}

/** A proc file system as it is when the given kernel runs. */
async function fakeProc(release: string): Promise<void> {
  const uname = await unameOf(join(root.path, 'boot', `vmlinuz-${release}`));
  expect(uname.release).toBe(release);
  const kernel = { hostname: 'real', osrelease: uname.release, version: uname.build };
  for (const [name, text] of Object.entries(kernel)) await root.write(`${FAKE_PROC}/sys/kernel/${name}`, `${text}\n`);
  await root.write(`${FAKE_PROC}/sys/kernel/random/boot_id`, '11111111-2222-4333-8444-555555555555\n');
  await root.write(`${FAKE_PROC}/stat`, 'btime 1790000000\n');
  await root.write(`${FAKE_PROC}/1/maps`, '');
  await root.run('ln', '-sfn', '/', `${FAKE_PROC}/1/root`);
}

/** Held by a pin of the preferences, of which dpkg and its marks know nothing. */
const PINNED = ['acme-barred', 'acme-kept'];

function unpinned(installed: InstalledPackage): InstalledPackage {
  const { pin: _, ...one } = installed;
  return { ...one, hold: false };
}

/** The facts without what pins add to them. */
function withoutPins({ packages, updates, ...more }: InventorySections): InventorySections {
  return {
    ...more,
    packages: {
      ...packages,
      packages: packages.packages.map((one) => (PINNED.includes(one.name) ? unpinned(one) : one)),
    },
    updates: { ...updates, updates: updates.updates.filter(({ name }) => !PINNED.includes(name)) },
  };
}

describe('the facts agree with', () => {
  test('dpkg-query: packages, versions, sources, states and holds', async () => {
    expectAsDpkg(withoutPins(facts), await root.run(...DPKG_QUERY));
    expect(facts.packages.packages.length).toBeGreaterThan(150);
  });

  test('apt-mark: what is held', async () => {
    expectAsAptMark(withoutPins(facts), await root.run('apt-mark', 'showhold'));
    expect(facts.packages.packages.filter(({ hold }) => hold)).toHaveLength(5 + PINNED.length);
  });

  test('apt list: what can be upgraded', async () => {
    expectAsAptList(withoutPins(facts), await root.run('apt', 'list', '--upgradable'));
    expect(facts.updates.updates.length).toBeGreaterThan(15);
  });

  test('python3-apt: origins, candidates with their files, indexes', () => {
    expectAsPythonApt(withoutPins(facts), oracle, ['acme-twin-offer:all']);
    expect(oracle.offers).toHaveProperty(['acme-twin-offer:all']);
  });
});

test('what is broken, and what is only remembered', () => {
  const broken = facts.packages.packages.filter(({ state }) => state === 'broken').map(({ name }) => name);

  expect(broken).toEqual(['acme-broken', 'acme-unpacked']);
  expect(facts.packages.packages.map(({ name }) => name)).not.toContain('acme-gone');
});

describe('what the scenario holds', () => {
  const acme = '/srv/acme stable/main';

  test.each([
    ['acme-tool:all', [acme]],
    ['acme-mirrored:all', [acme, '127.0.0.1:PORT stable/main']],
    ['acme-twin:all', [acme]],
    ['acme-local:all', []],
    ['acme-withdrawn:all', []],
    ['acme-unsigned:all', ['/srv/unsigned stable/main']],
    ['acme-same:i386', [acme]],
  ])('%s is listed by %j', (id, origins) => {
    const here = origins.map((origin) => origin.replace('PORT', String(server.port)));

    expect(keyed(facts.packages.packages)[id]?.origins).toEqual(here);
  });

  test.each([
    ['acme-tool:all', '1.0', '1.1'],
    ['acme-held:all', '1.0', '1.1'],
    ['acme-epoch:all', '1:1.0', '1:1.1'],
    ['acme-same:amd64', '1.0', '1.1'],
    ['acme-same:i386', '1.0', '1.1'],
    ['acme-turns-all:amd64', '1.0', '1.1'],
    ['acme-phased:all', '1.0', '2.0'],
    ['acme-twin-offer:all', '1.0', '2.0'],
  ])('%s %s may become %s', (id, from, to) => {
    expect(keyed(facts.updates.updates)[id]).toMatchObject({ from, to });
  });

  test.each(['acme-pinned:all', 'acme-local:all', 'acme-withdrawn:all', 'acme-mirrored:all'])('%s stays', (id) => {
    expect(keyed(facts.updates.updates)[id]).toBeUndefined();
  });

  test.each(PINNED)('%s is held by a pin, and what it is kept from is offered', (name) => {
    const id = `${name}:all`;

    expect(keyed(facts.packages.packages)[id]).toMatchObject({ version: '1.0', hold: true });
    expect(keyed(facts.updates.updates)[id]).toMatchObject({ from: '1.0', to: '1.1', origins: [acme], phased: false });
  });

  test.each([
    ['acme-kept:all', 'Package: acme-kept, Pin: version 1.0, Pin-Priority: 990 (/etc/apt/preferences.d/acme)'],
    ['acme-barred:all', 'Package: acme-barred, Pin: version 1.1, Pin-Priority: -1 (/etc/apt/preferences.d/acme)'],
    ['acme-held:all', undefined],
    ['acme-pinned:all', undefined],
  ])('%s says in its own words by what it is pinned: %s', (id, pin) => {
    expect(keyed(facts.packages.packages)[id]?.pin).toBe(pin);
  });

  test('two files under one version: both origins, and no hash is claimed', () => {
    expect(keyed(facts.updates.updates)['acme-twin-offer:all']).toMatchObject({
      origins: [acme, `127.0.0.1:${server.port} stable/main`],
      sha256: null,
      sizeBytes: null,
    });
  });

  test('a phase of no machine is not this one’s, held or not', () => {
    const phased = facts.updates.updates.filter((update) => update.phased).map(({ name }) => name);

    expect(phased.filter((name) => name !== 'acme-half-phased')).toEqual(['acme-phased', 'acme-phased-held']);
  });

  test('an index is signed where apt verified a signature', () => {
    const signed = Object.fromEntries(facts.origins.origins.map((origin) => [origin.id, origin.signed]));

    expect(signed).toMatchObject({ '/srv/unsigned stable/main': false, [acme]: true });
    expect(Object.values(signed).filter((one) => !one)).toHaveLength(1);
  });

  test('the dates of an index are those of its Release file', async () => {
    const path = '/var/lib/apt/lists/deb.debian.org_debian-security_dists_bookworm-security_InRelease';
    const text = await root.run('cat', path);
    const secondsOf = async (field: string): Promise<number> => {
      const date = new RegExp(`^${field}: (.*)$`, 'm').exec(text)?.[1] ?? '';
      return Number((await root.run('date', '--utc', `--date=${date}`, '+%s')).trim());
    };

    const security = facts.origins.origins.find(({ suite }) => suite?.endsWith('-security'));

    expect(security).toMatchObject({
      date: (await secondsOf('Date')) * 1000,
      validUntil: (await secondsOf('Valid-Until')) * 1000,
      signed: true,
    });
  });

  test('no credential is told', () => {
    expect(JSON.stringify(facts)).not.toContain('secret');
  });
});

describe('the system', () => {
  test('two kernels are installed, the older one runs: a reboot is needed', async () => {
    const flagged = await root.lines('cat', '/run/reboot-required.pkgs');

    expect(facts.system).toMatchObject({
      runningKernel: kernels.older,
      rebootNeeded: true,
      container: false,
      architecture: (await root.run('dpkg', '--print-architecture')).trim(),
    });
    expect(facts.system.installedKernels.map(({ release }) => release)).toEqual([kernels.older, kernels.newer]);
    // The hook of unattended-upgrades names the kernels that were installed.
    expect(flagged).toEqual(expect.arrayContaining([`linux-image-${kernels.newer}`]));
    expect(facts.system.rebootReasons).toEqual(['kernel', ...flagged].toSorted());
  });

  test('once the newer one runs and the flag is gone, none is', async () => {
    await fakeProc(kernels.newer);
    await root.run('rm', '/run/reboot-required', '/run/reboot-required.pkgs');

    const after = JSON.parse(await root.runAsNobody(...COLLECTOR, FAKE_PROC)) as InventorySections;

    expect(after.system).toMatchObject({ runningKernel: kernels.newer, rebootNeeded: false, rebootReasons: [] });
  });

  test('a kernel package says the version that its kernel will say when it runs', async () => {
    for (const { release, version } of facts.system.installedKernels) {
      const { build } = await unameOf(join(root.path, 'boot', `vmlinuz-${release}`));

      expect(build).toContain(` Debian ${version} (`);
    }
  });

  test('a daemon that runs on from a replaced file needs a restart', async () => {
    const story = `set -e
      ${NOBODY_SHELL} /usr/lib/acme/acme-daemon 60 &
      sleep 0.2
      dpkg --install /srv/acme/pool/stable/acme-daemon_1.1_amd64.deb >&2
      ${NOBODY_SHELL} ${COLLECTOR.join(' ')}`;

    const after = JSON.parse(await root.run('sh', '-c', story)) as InventorySections;

    expect(after.system.restartNeeded).toEqual(['acme-daemon']);
  });

  test('a user who may not look at all processes says that it is not known, root says that none is needed', async () => {
    const asNobody = JSON.parse(await root.run('sh', '-c', `sleep 60 & ${NOBODY_SHELL} ${COLLECTOR.join(' ')}`));
    const asRoot = JSON.parse(await root.run('sh', '-c', `sleep 60 & ${COLLECTOR.join(' ')}`));

    expect([asNobody.system.restartNeeded, asRoot.system.restartNeeded]).toEqual([null, []]);
  });
});

test('a source list that apt cannot read: packages as before, updates not known, the complaint told', async () => {
  await root.write('etc/apt/sources.list.d/broken.list', 'deb nonsense\n');

  const broken = JSON.parse(await root.runAsNobody(...COLLECTOR, FAKE_PROC)) as InventorySections;

  expect(broken.updates).toEqual({ updates: [], unanswered: expect.stringMatching(/Malformed entry 1 in list file/) });
  expect(broken.packages.packages.map(({ name }) => name)).toEqual(facts.packages.packages.map(({ name }) => name));
  expect(broken.packages.packages.every(({ origins }) => origins === null)).toBe(true);
  await root.run('rm', '/etc/apt/sources.list.d/broken.list');
});

test('what apt then upgrades is what was offered, less what is held or phased', async () => {
  await root.run('dpkg', '--purge', '--force-all', 'acme-broken');
  await root.run('dpkg', '--configure', '--pending');
  const held = new Set(facts.packages.packages.filter(({ hold }) => hold).map((one) => shortName(facts, one)));
  // Both architectures of acme-same must have one version, and one of them is held.
  held.add('acme-same');
  const staying = facts.updates.updates.filter((update) => update.phased || held.has(shortName(facts, update)));

  await root.run('apt-get', 'dist-upgrade', '--yes', '--allow-downgrades');

  const after = JSON.parse(await root.runAsNobody(...COLLECTOR, FAKE_PROC)) as InventorySections;
  expect(after.updates.updates.filter(({ name }) => name !== 'acme-pinned')).toEqual(staying);
  // apt went back to the version that a pin names, and what that one bars is offered now.
  expect(keyed(after.updates.updates)['acme-pinned:all']).toMatchObject({ from: '1.0', to: '2.0' });
  const versions = keyed(after.packages.packages);
  for (const update of facts.updates.updates.filter((one) => !staying.includes(one))) {
    const { name, architecture, to } = update;
    const now = versions[`${name}:${architecture}`] ?? versions[`${name}:all`];
    expect(now?.version, name).toBe(to);
  }
});
