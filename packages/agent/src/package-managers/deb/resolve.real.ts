import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TransactionProposal } from '@patchsteward/core/plan';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DebianRoot } from './testing/debian-root.ts';
import { buildPackage, makeSigningKey, publish, type SigningKey } from './testing/test-repository.ts';

const NODE = '/opt/patchsteward/node';
const SCRIPT = `import { resolveTargets } from '/opt/patchsteward/packages/agent/src/package-managers/deb/resolve.ts';
const place = { scratchDirectory: '/var/lib/agent/scratch' };
console.log(JSON.stringify(await resolveTargets({ root: '/', procfs: '/proc' }, place, JSON.parse(process.argv[2]))));
`;

let root: DebianRoot;
let key: SigningKey;

beforeAll(async () => {
  root = await DebianRoot.make({
    suite: 'bookworm',
    sources: ['deb http://deb.debian.org/debian bookworm main'],
    packages: ['python3-apt', 'unattended-upgrades', 'openssl', 'curl', 'gpgv'],
  });
  key = await makeSigningKey();
  const pool = join(root.path, 'srv/acme/pool');
  const old = await buildPackage(pool, { name: 'acme-web', version: '1.0' });
  await buildPackage(pool, { name: 'acme-web', version: '1.1', fields: 'Depends: acme-lib (>= 2)\n' });
  await buildPackage(pool, { name: 'acme-web', version: '1.6', fields: 'Depends: acme-nowhere\n' });
  await buildPackage(pool, { name: 'acme-lib', version: '2.0', architecture: 'amd64' });
  await publish(join(root.path, 'srv/acme'), 'pool', { name: 'stable', origin: 'Acme', key });
  await cp(key.publicFile, join(root.path, 'usr/share/keyrings/acme.gpg'));
  await writeFile(
    join(root.path, 'etc/apt/sources.list'),
    'deb [signed-by=/usr/share/keyrings/acme.gpg] file:/srv/acme stable main\n',
  );
  // What a host runs after its own update is not for a user without rights to run.
  await writeFile(join(root.path, 'etc/apt/apt.conf.d/99hook'), 'APT::Update::Post-Invoke { "touch /hook-ran"; };\n');
  await mkdir(join(root.path, 'var/lib/agent/scratch'), { recursive: true });
  await root.run('chown', '-R', '65534:65534', '/var/lib/agent');
  await writeFile(join(root.path, 'opt/patchsteward/resolve.ts'), SCRIPT);
  await root.run('dpkg', '--install', old.slice(root.path.length));
});

afterAll(async () => {
  await key?.remove();
  await root?.remove();
});

async function resolve(to: string): Promise<TransactionProposal['answer']> {
  const targets = JSON.stringify([{ name: 'acme-web', architecture: 'all', to }]);
  return JSON.parse(
    await root.runAsNobody(NODE, '/opt/patchsteward/resolve.ts', targets),
  ) as TransactionProposal['answer'];
}

test('a user without rights gets the whole transaction, with the hash and origin of each file', async () => {
  const sums = await root.run(
    'sha256sum',
    '/srv/acme/pool/acme-web_1.1_all.deb',
    '/srv/acme/pool/acme-lib_2.0_amd64.deb',
  );
  const [web = '', lib = ''] = sums.split('\n').map((line) => `sha256:${line.slice(0, 64)}`);

  expect(await resolve('1.1')).toEqual({
    kind: 'resolved',
    changes: [
      {
        name: 'acme-lib',
        architecture: 'amd64',
        from: null,
        to: '2.0',
        sha256: lib,
        sizeBytes: expect.any(Number),
        origin: '/srv/acme stable/main',
      },
      {
        name: 'acme-web',
        architecture: 'all',
        from: '1.0',
        to: '1.1',
        sha256: web,
        sizeBytes: expect.any(Number),
        origin: '/srv/acme stable/main',
      },
    ],
  });
});

test.each([
  ['a dependency that no index has', '1.6', 'Unable to correct problems'],
  ['a version that no index has', '9.9', '9.9'],
  ['what is installed', '1.0', 'nothing would change'],
])('%s is impossible', async (_, to, why) => {
  expect(await resolve(to)).toEqual({ kind: 'impossible', why: expect.stringContaining(why) });
});

test('an index that is not signed as it should be gives no answer', async () => {
  await root.run('sed', '-i', 's/^Suite: .*/Suite: other/', '/srv/acme/dists/stable/InRelease');

  expect(await resolve('1.1')).toEqual({ kind: 'impossible', why: expect.stringContaining('update') });
});

test('neither the lists nor the hooks of the host were used', async () => {
  expect(await root.run('find', '/var/lib/apt/lists', '-name', '*acme*')).toBe('');
  expect(await root.run('find', '/', '-maxdepth', '1', '-name', 'hook-ran')).toBe('');
});
