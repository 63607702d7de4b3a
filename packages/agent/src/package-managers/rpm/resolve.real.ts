import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TransactionProposal } from '@patchsteward/core/plan';
import { sha256 } from '@patchsteward/trust';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildRpm } from './testing/build-rpm.ts';
import { RpmRoot } from './testing/rpm-root.ts';

const OS_RELEASE = 'NAME="AlmaLinux"\nID="almalinux"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n';
const PROGRAM = `import { actingRpm } from './packages/agent/src/package-managers/rpm/acting.ts';
const place = { scratchDirectory: '/srv/agent/scratch' };
const targets = JSON.parse(process.argv[2]);
console.log(JSON.stringify(await actingRpm.resolveTargets({ root: '/', procfs: '/proc' }, place, targets)));
`;

let root: RpmRoot;
let program: readonly string[];
let files: Readonly<Record<'web' | 'lib', string>>;

beforeAll(async () => {
  root = await RpmRoot.make(OS_RELEASE);
  program = await root.program('resolve.ts', PROGRAM);
  const repository = join(root.path, 'srv/acme');
  await buildRpm(repository, {
    name: 'almalinux-release',
    version: '9.4',
    tags: 'Provides: system-release(releasever) = 9\n',
  });
  await buildRpm(repository, { name: 'acme-web', version: '1.0' });
  const web = await buildRpm(repository, { name: 'acme-web', version: '1.1', tags: 'Epoch: 1\nRequires: acme-lib\n' });
  const lib = await buildRpm(repository, { name: 'acme-lib', version: '2.0', architecture: 'x86_64' });
  await buildRpm(repository, { name: 'acme-web', version: '1.6', tags: 'Epoch: 1\nRequires: acme-nowhere\n' });
  await buildRpm(repository, { name: 'acme-web', version: '1.7', tags: 'Epoch: 1\nObsoletes: acme-old < 2\n' });
  await buildRpm(repository, { name: 'acme-old', version: '1.0' });
  files = { web, lib };
  await root.publish('acme', repository);
  await root.dnf('install', 'almalinux-release', 'acme-web-1.0', 'acme-old');
  await mkdir(join(root.path, 'srv/agent/scratch'), { recursive: true });
  await root.run('chown', '-R', '65534:65534', '/srv/agent');
});

afterAll(() => root?.remove());

async function resolve(to: string, name = 'acme-web'): Promise<TransactionProposal['answer']> {
  const targets = JSON.stringify([{ name, architecture: 'noarch', to }]);
  return JSON.parse(await root.runAsNobody(...program, targets)) as TransactionProposal['answer'];
}

test('a user without rights gets the whole transaction, with the hash and origin of each file', async () => {
  const origin = `${root.path}/srv/acme acme`;
  const hashOf = async (file: string) => sha256(await readFile(file));

  expect(await resolve('1:1.1-1.el9')).toEqual({
    kind: 'resolved',
    changes: [
      {
        name: 'acme-lib',
        architecture: 'x86_64',
        from: null,
        to: '2.0-1.el9',
        sha256: await hashOf(files.lib),
        sizeBytes: expect.any(Number),
        origin,
      },
      {
        name: 'acme-web',
        architecture: 'noarch',
        from: '1.0-1.el9',
        to: '1:1.1-1.el9',
        sha256: await hashOf(files.web),
        sizeBytes: expect.any(Number),
        origin,
      },
    ],
  });
});

test.each([
  ['a dependency that no repository has', '1:1.6-1.el9', 'acme-nowhere'],
  ['a version that no repository has', '9.9-1.el9', '9.9'],
  ['what takes another package away', '1:1.7-1.el9', 'acme-old would be removed'],
  ['what is installed', '1.0-1.el9', 'nothing would change'],
])('%s is impossible', async (_, to, why) => {
  expect(await resolve(to)).toEqual({ kind: 'impossible', why: expect.stringContaining(why) });
});

test('neither the metadata nor the history of the host was touched', async () => {
  expect(await root.run('find', '/var/cache/dnf', '/var/lib/dnf', '-user', '65534')).toBe('');
});
