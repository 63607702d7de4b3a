import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface TestPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  /** Further control fields, one a line. */
  readonly fields?: string;
  /** Files by their path, and where to copy them from. */
  readonly files?: Readonly<Record<string, string>>;
  readonly conffiles?: Readonly<Record<string, string>>;
  readonly postinst?: string;
}

/** Builds a binary package with dpkg-deb and gives the path of its file. */
export async function buildPackage(folder: string, one: TestPackage): Promise<string> {
  const { name, version, architecture = 'all', fields = '', files = {}, conffiles = {}, postinst } = one;
  const stage = await mkdtemp(join(tmpdir(), 'patchsteward-deb-'));
  const put = async (path: string, content: string): Promise<string> => {
    await mkdir(dirname(join(stage, path)), { recursive: true });
    await writeFile(join(stage, path), content);
    return join(stage, path);
  };
  await put(
    'DEBIAN/control',
    `Package: ${name}\nVersion: ${version}\nArchitecture: ${architecture}\nMaintainer: Test <test@example.test>\n${fields}Description: test\n`,
  );
  for (const [path, from] of Object.entries(files)) {
    await mkdir(dirname(join(stage, path)), { recursive: true });
    await copyFile(from, join(stage, path));
  }
  for (const [path, content] of Object.entries(conffiles)) await put(path, content);
  const listed = Object.keys(conffiles);
  if (listed.length > 0) await put('DEBIAN/conffiles', listed.map((path) => `${path}\n`).join(''));
  if (postinst !== undefined) await chmod(await put('DEBIAN/postinst', postinst), 0o755);

  await mkdir(folder, { recursive: true });
  await chmod(stage, 0o755);
  const file = join(folder, `${name}_${version.replace(':', '%3a')}_${architecture}.deb`);
  await execute('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', stage, file]);
  await rm(stage, { recursive: true });
  return file;
}

/** A throw-away key to sign repositories with. */
export interface SigningKey {
  readonly home: string;
  /** The public half, as apt's `signed-by` wants it. */
  readonly publicFile: string;
  remove(): Promise<void>;
}

export async function makeSigningKey(): Promise<SigningKey> {
  const home = await mkdtemp(join(tmpdir(), 'patchsteward-gpg-'));
  const publicFile = join(home, 'public.gpg');
  const gpg = ['--homedir', home, '--batch', '--quiet'];
  await execute('gpg', [
    ...gpg,
    '--passphrase',
    '',
    '--quick-generate-key',
    'Test <test@example.test>',
    'ed25519',
    'sign',
    'never',
  ]);
  await execute('gpg', [...gpg, '--output', publicFile, '--export']);
  return {
    home,
    publicFile,
    remove: async () => {
      await execute('gpgconf', ['--homedir', home, '--kill', 'gpg-agent']);
      await rm(home, { recursive: true, force: true });
    },
  };
}

export interface Suite {
  readonly name: string;
  readonly origin: string;
  readonly key: SigningKey | null;
  readonly notAutomatic?: boolean;
  /** Lines put below the `Package:` line of every package of the index. */
  readonly extra?: string;
}

/** Publishes the .deb files below `<repository>/<pool>` as a suite with one component, `main`. */
export async function publish(repository: string, pool: string, suite: Suite): Promise<void> {
  const folder = join(repository, 'dists', suite.name);
  const binary = join(folder, 'main/binary-amd64');
  await mkdir(binary, { recursive: true });
  const { stdout } = await execute('apt-ftparchive', ['packages', pool], { cwd: repository });
  await writeFile(join(binary, 'Packages'), stdout.replaceAll(/^Version: /gm, `${suite.extra ?? ''}Version: `));

  for (const name of ['Release', 'InRelease']) await rm(join(folder, name), { force: true });
  await writeFile(join(folder, 'Release'), await releaseText(folder, suite));
  if (suite.key === null) return;
  const gpg = ['--homedir', suite.key.home, '--batch', '--quiet', '--clearsign'];
  await execute('gpg', [...gpg, '--output', join(folder, 'InRelease'), join(folder, 'Release')]);
}

async function releaseText(folder: string, suite: Suite): Promise<string> {
  const said = { Origin: suite.origin, Label: 'Test', Suite: suite.name, Codename: `${suite.name}-codename` };
  const options = Object.entries({ ...said, Architectures: 'amd64', Components: 'main' }).flatMap(([name, value]) => [
    '-o',
    `APT::FTPArchive::Release::${name}=${value}`,
  ]);
  const { stdout } = await execute('apt-ftparchive', [...options, 'release', '.'], { cwd: folder });
  return suite.notAutomatic === true ? `NotAutomatic: yes\n${stdout}` : stdout;
}
