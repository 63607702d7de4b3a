import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { sha256 } from '@patchsteward/trust';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { openWorld, type World } from './testing/world.ts';

const run = promisify(execFile);
/** gpg dates signatures by the clock of the machine. */
const NOW = Date.now();

// The tools with which archives are made: dpkg-deb, apt-ftparchive, gpg.
describeWithDatabase("an archive made with Debian's own tools", () => {
  let folder: string;
  let server: Server;
  let url: string;
  let world: World;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archive-'));
    server = createServer((request, response) => {
      const path = join(folder, 'repository', normalize(decodeURIComponent(request.url ?? '/')));
      readFile(path).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await gpg('--quick-generate-key', 'Archive', 'rsa2048', 'sign', 'never');
    await build('1.0');
    await build('1.1');
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await run('gpgconf', ['--homedir', join(folder, 'gnupg'), '--kill', 'gpg-agent']);
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    world = await openWorld();
    world.at(NOW);
  });
  afterEach(() => world.close());

  async function gpg(...argv: string[]): Promise<string> {
    const home = join(folder, 'gnupg');
    await mkdir(home, { recursive: true, mode: 0o700 });
    const { stdout } = await run('gpg', [
      '--homedir',
      home,
      '--batch',
      '--yes',
      '--quiet',
      '--passphrase',
      '',
      ...argv,
    ]);
    return stdout;
  }

  async function build(version: string): Promise<void> {
    const root = join(folder, `root-${version}`);
    await mkdir(join(root, 'DEBIAN'), { recursive: true });
    const control = `Package: acme-real\nVersion: ${version}\nArchitecture: all\nMaintainer: Acme <a@example.org>\nDescription: a test\n`;
    await writeFile(join(root, 'DEBIAN', 'control'), control);
    await mkdir(join(folder, 'repository', 'pool'), { recursive: true });
    const file = join(folder, 'repository', 'pool', `acme-real_${version}_all.deb`);
    await run('dpkg-deb', ['--root-owner-group', '--build', root, file]);
  }

  /** `pack` makes the only form in which the index is published. */
  async function publish(pack: 'xz' | 'gzip'): Promise<void> {
    const repository = join(folder, 'repository');
    const release = join(repository, 'dists', 'stable');
    const binary = join(release, 'main', 'binary-amd64');
    await rm(release, { recursive: true, force: true });
    await mkdir(binary, { recursive: true });
    const index = await run('apt-ftparchive', ['packages', 'pool'], { cwd: repository });
    await writeFile(join(binary, 'Packages'), index.stdout);
    await run(pack, [join(binary, 'Packages')]);
    const fields = ['Origin=Acme', 'Suite=stable', 'Codename=stable', 'Components=main', 'Architectures=amd64'];
    const options = fields.flatMap((field) => ['-o', `APT::FTPArchive::Release::${field}`]);
    const { stdout } = await run('apt-ftparchive', [...options, 'release', '.'], { cwd: release });
    await writeFile(join(release, 'Release'), stdout);
    await gpg('--clearsign', '-o', join(release, 'InRelease'), join(release, 'Release'));
  }

  async function changeTo(version: string, from: string | null) {
    const file = await readFile(join(folder, 'repository', 'pool', `acme-real_${version}_all.deb`));
    const origin = `${url.replace('http://', '')} stable/main`;
    const named = { name: 'acme-real', architecture: 'all', from, to: version };
    return { ...named, sha256: sha256(file), sizeBytes: file.length, origin };
  }

  it.each(['xz', 'gzip'] as const)('is believed, with its way back (index packed by %s)', async (pack) => {
    await publish(pack);
    const { id } = await world.addOrigin({ url, keys: await gpg('--armor', '--export') });

    const { origin } = await world.refresh(id);
    const outcome = await world.verify([await changeTo('1.1', '1.0')]);

    expect(origin).toMatchObject({ problem: null, state: 'usable', index: { publisher: 'Acme', suite: 'stable' } });
    expect(outcome).toMatchObject({
      kind: 'verified',
      transaction: { rollback: { kind: 'downgrade', changes: [await changeTo('1.0', '1.1')] } },
    });
  });

  it('is refused when another key signs it', async () => {
    await publish('gzip');
    const { id } = await world.addOrigin({ url });

    expect((await world.refresh(id)).origin.problem?.reason.code).toBe('signature-wrong');
    expect(await world.verify([await changeTo('1.1', '1.0')])).toMatchObject({
      reasons: [{ code: 'signature-wrong' }],
    });
  });
});
