import type { Leaf, PackageChange } from '@patchsteward/core/plan';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeToRpm, makeOffer } from './testing/offers.ts';
import { RpmHost } from './testing/rpm-host.ts';
import { GUARD, type RunnerHost } from './testing/runner-host.ts';
import type { Offer } from './work-order.ts';

const ARMED = { kind: 'report', report: { phase: 'armed' } };
const V1 = '1.0-1.el9';
const V2 = '2.0-1.el9';

let rpms: RpmHost;
let host: RunnerHost;
let file: Readonly<Record<string, string>>;

beforeAll(async () => {
  rpms = await RpmHost.make();
  ({ host } = rpms);
  const configurations = (text: string) => ({ '/etc/acme-web.conf': text });
  const built = await rpms.build(
    { name: 'acme-web', version: '1.0', configurations: configurations('level=1\n') },
    { name: 'acme-web', version: '2.0', configurations: configurations('level=2\n') },
    { name: 'acme-web', version: '3.0', tags: 'Requires: acme-nowhere\n' },
    { name: 'acme-web', version: '4.0', tags: 'Obsoletes: acme-tool < 9\n' },
    { name: 'acme-tool', version: '1.0' },
    { name: 'acme-tool', version: '2.0', tags: 'Requires: acme-web = 2.0\nRequires: acme-lib\n' },
    { name: 'acme-lib', version: '2.0' },
    // What is installed differs from what was signed, as a disk or a script may make it.
    { name: 'acme-bent', version: '1.0' },
    {
      name: 'acme-bent',
      version: '2.0',
      files: { '/usr/share/acme-bent': '/etc/hostname' },
      post: 'echo bent > /usr/share/acme-bent',
    },
  );
  const [strange = ''] = await rpms.buildUnsigned({ name: 'acme-web', version: '5.0' });
  const kernels = await rpms.build(kernel('6.1.0'), kernel('6.1.1'), kernel('6.1.2'));
  const all = [...built, strange, ...kernels];
  file = Object.fromEntries(all.map((path) => [path.replace(/^.*\/(.+)-1\.el9\..*$/, '$1'), path]));
  await host.spool(...all);
  await host.startRunner();
});

afterAll(() => rpms?.remove());

function kernel(version: string) {
  return {
    name: 'kernel-core',
    version,
    architecture: 'x86_64',
    tags: `Provides: installonlypkg(kernel)\nProvides: kernel-uname-r = ${version}-1.el9.x86_64\n`,
  };
}

beforeEach(async () => {
  for (const name of ['acme-lib', 'acme-bent', 'kernel-core']) {
    const there = (await rpms.versions()).some((line) => line.startsWith(`${name} `));
    if (there) await host.run('rpm', '--erase', '--nodeps', '--allmatches', name);
  }
  await rpms.install(of('acme-web-1.0'), of('acme-tool-1.0'));
});

const FORMER = ['acme-tool 1.0', 'acme-web 1.0'];

function of(name: string): string {
  const path = file[name];
  if (path === undefined) throw new Error(`${name} was not built`);
  return path;
}

const to = (name: string, from: string | null = V1): Promise<PackageChange> => changeToRpm(of(name), from);

function offerOf(changes: readonly PackageChange[], leaf: Partial<Leaf> = {}): Offer {
  return makeOffer(changes, { leaf: { ecosystem: 'rpm', ...leaf } });
}

/** Both packages and what the second one needs since then; the way back removes that again. */
async function whole(): Promise<Offer> {
  const changes = [await to('acme-web-2.0'), await to('acme-tool-2.0'), await to('acme-lib-2.0', null)];
  const gone = { ...(await to('acme-lib-2.0', V2)), to: null, sha256: null, sizeBytes: 0, origin: null };
  const back = [gone, await to('acme-tool-1.0', V2), await to('acme-web-1.0', V2)];
  return offerOf(changes, { rollback: { kind: 'downgrade', changes: back }, rollbackGraceMs: 600_000 });
}

async function carryOut(offer: Offer) {
  expect(await host.prepare(offer)).toEqual(ARMED);
  expect(await host.start(offer)).toEqual({ kind: 'started', job: offer.job });
  return (await host.finished(offer.job)).trail;
}

describe('exactly what was signed', () => {
  test('an upgrade of two packages, with a new one that they need', async () => {
    const offer = await whole();

    const trail = await carryOut(offer);

    expect(trail.map(({ phase }) => phase)).toEqual(['installing', 'verifying', 'health', 'succeeded']);
    expect(trail.at(-1)).toMatchObject({
      evidence: {
        before: [
          { name: 'acme-lib', architecture: 'noarch', version: null },
          { name: 'acme-tool', architecture: 'noarch', version: V1 },
          { name: 'acme-web', architecture: 'noarch', version: V1 },
        ],
        after: [
          { name: 'acme-lib', architecture: 'noarch', version: V2 },
          { name: 'acme-tool', architecture: 'noarch', version: V2 },
          { name: 'acme-web', architecture: 'noarch', version: V2 },
        ],
        log: expect.stringMatching(/^sha256:/),
      },
    });
    expect(await rpms.versions()).toEqual(['acme-lib 2.0', 'acme-tool 2.0', 'acme-web 2.0']);
    expect(await host.attempts(offer.job)).toEqual(['install-1-0']);
  });

  test('a file of configuration that a person changed stays as it is', async () => {
    await host.root.write('etc/acme-web.conf', 'level=mine\n');

    expect((await carryOut(offerOf([await to('acme-web-2.0')]))).at(-1)).toMatchObject({ phase: 'succeeded' });
    expect(await host.run('cat', '/etc/acme-web.conf')).toBe('level=mine\n');
    await host.root.write('etc/acme-web.conf', 'level=1\n');
  });
});

describe('nothing is begun', () => {
  test.each<[string, string, () => Promise<Offer>]>([
    ['another version is installed', 'drift', async () => offerOf([await to('acme-web-2.0', '0.9-1.el9')])],
    ['a package is missing that the new one needs', 'drift', async () => offerOf([await to('acme-web-3.0')])],
    ['another package would go', 'drift', async () => offerOf([await to('acme-web-4.0')])],
    ['a part of it was left out', 'drift', async () => offerOf([await to('acme-tool-2.0')])],
    [
      'the file has another name inside',
      'drift',
      async () => offerOf([{ ...(await to('acme-web-2.0')), name: 'acme-zeb' }]),
    ],
    ['nobody signed the package', 'signature-wrong', async () => offerOf([await to('acme-web-5.0')])],
    ['the order is for dpkg', 'drift', async () => makeOffer([await to('acme-web-2.0')])],
  ])('where %s: %s', async (_, reason, make) => {
    const offer = await make();

    expect(await host.prepare(offer)).toMatchObject({ report: { phase: 'blocked', reason } });
    expect(await host.start(offer)).toMatchObject({ report: { phase: 'blocked' } });
    expect(await rpms.versions()).toEqual(FORMER);
  });

  test('where the spool holds other bytes', async () => {
    const change = { ...(await to('acme-web-2.0')), sizeBytes: 4_096 };
    const other = { ...change, sha256: `sha256:${'ab'.repeat(32)}` } as PackageChange; // A hash of nothing we have.
    await host.spoilSpool(other);

    expect(await host.prepare(offerOf([other]))).toMatchObject({ report: { reason: 'hash-mismatch' } });
  });

  test('where the package is locked', async () => {
    await host.root.write('etc/dnf/plugins/versionlock.list', 'acme-web-0:1.0-1.el9.*\n');

    expect(await host.prepare(offerOf([await to('acme-web-2.0')]))).toMatchObject({ report: { reason: 'fix-held' } });
    await host.run('rm', '/etc/dnf/plugins/versionlock.list');
  });

  test('where a transaction of somebody else left both versions', async () => {
    await host.run('rpm', '--install', '--force', '--justdb', '/srv/rpms/acme-web-2.0-1.el9.noarch.rpm');

    expect(await host.prepare(offerOf([await to('acme-web-4.0', V2)]))).toMatchObject({
      report: { reason: 'package-broken', detail: expect.stringContaining('acme-web') },
    });
  });

  test('where somebody else holds the lock of rpm, with the name of who', async () => {
    const holder = host.hold('/var/lib/rpm/.rpm.lock');
    await holder.held;

    expect(await host.prepare(offerOf([await to('acme-web-2.0')]))).toMatchObject({
      report: { reason: 'package-manager-busy', detail: expect.stringContaining('perl') },
    });
    holder.release();
  });
});

test('what is not as it was signed goes back to the former versions, and the new package with it', async () => {
  await rpms.install(of('acme-bent-1.0'));
  const changes = [await to('acme-bent-2.0'), await to('acme-lib-2.0', null)];
  const gone = { ...(await to('acme-lib-2.0', V2)), to: null, sha256: null, sizeBytes: 0, origin: null };
  const back = [await to('acme-bent-1.0', V2), gone];

  const trail = await carryOut(
    offerOf(changes, { rollback: { kind: 'downgrade', changes: back }, rollbackGraceMs: 600_000 }),
  );

  expect(trail.at(-1)).toMatchObject({ phase: 'rolled-back', error: { stage: 'verifying', cause: 'audit-not-clean' } });
  expect(await rpms.versions()).toEqual(['acme-bent 1.0', ...FORMER]);
});

test('a kernel comes beside the former ones, none of which goes', async () => {
  await host.pin({ ...GUARD, allow: { ...GUARD.allow, kernel: true } });
  await host.run(
    'rpm',
    '--install',
    ...['6.1.0', '6.1.1'].map((version) => `/srv/rpms/kernel-core-${version}-1.el9.x86_64.rpm`),
  );

  const trail = await carryOut(offerOf([await to('kernel-core-6.1.2', '6.1.1-1.el9')]));

  expect(trail.at(-1), JSON.stringify(trail)).toMatchObject({ phase: 'succeeded' });
  const kernels = (await rpms.versions()).filter((line) => line.startsWith('kernel'));
  expect(kernels).toEqual(['kernel-core 6.1.0', 'kernel-core 6.1.1', 'kernel-core 6.1.2']);
});
