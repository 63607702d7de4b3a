import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { collectorIn, copyAgent } from '../../deb/testing/agent-copy.ts';
import { NOBODY } from '../../deb/testing/debian-root.ts';

const execute = promisify(execFile);
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

/** The places of a root that stand for this machine's own while a command runs as on that machine. */
const PLACES = ['var/lib/rpm', 'var/lib/dnf', 'var/cache/dnf', 'etc/dnf', 'etc/yum.repos.d', 'srv'];

/**
 * A system of rpm and dnf in a folder: a real database, real repositories, nothing of a distribution but what a test
 * builds. The tools are this machine's.
 */
export class RpmRoot {
  readonly path: string;
  readonly #home: string;

  private constructor(path: string) {
    this.path = path;
    this.#home = `${path}-home`;
  }

  static async make(osRelease: string): Promise<RpmRoot> {
    const root = new RpmRoot(await mkdtemp('/var/tmp/patchsteward-rpm-root-'));
    await execute('chmod', ['755', root.path]);
    for (const place of PLACES) await mkdir(join(root.path, place), { recursive: true });
    await root.write('etc/os-release', osRelease);
    await root.write('etc/dnf/dnf.conf', '[main]\ngpgcheck=0\ninstallonly_limit=5\n');
    await mkdir(root.#home, { recursive: true });
    // Debian's rpm keeps its database in the home of whoever asks.
    await writeFile(join(root.#home, '.rpmmacros'), '%_dbpath /var/lib/rpm\n');
    await copyAgent(root.#home);
    await execute('chmod', ['755', root.#home]);
    return root;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    await rm(this.#home, { recursive: true, force: true });
  }

  get collector(): readonly string[] {
    return collectorIn(this.#home);
  }

  /** Another program beside the copy of the agent, and how to run it. */
  async program(name: string, text: string): Promise<readonly string[]> {
    const path = join(this.#home, name);
    await writeFile(path, text);
    return [join(this.#home, 'node'), path];
  }

  async write(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(this.path, path)), { recursive: true });
    await writeFile(join(this.path, path), content);
  }

  /** Makes a repository of the rpms in a folder, and configures it. */
  async publish(id: string, folder: string): Promise<void> {
    await execute('createrepo_c', ['--quiet', folder]);
    await this.write(`etc/yum.repos.d/${id}.repo`, `[${id}]\nname=${id}\nbaseurl=file://${folder}\n`);
  }

  /** dnf as root, from outside. */
  dnf(...argv: string[]): Promise<string> {
    return this.#execute('dnf', ['--installroot', this.path, '--noplugins', '--assumeyes', '--quiet', ...argv]);
  }

  /** rpm as root, from outside. */
  rpm(...argv: string[]): Promise<string> {
    return this.#execute('rpm', ['--root', this.path, ...argv]);
  }

  /** Runs a command where this root's packages are the machine's own, with processes of its own. */
  run(...argv: string[]): Promise<string> {
    const binds = PLACES.map((place) => `mkdir -p /${place} && mount --bind ${join(this.path, place)} /${place}`);
    const world = [
      'set -e',
      ...binds,
      `mount --bind ${join(this.path, 'etc/os-release')} /usr/lib/os-release`,
      'mount -t tmpfs none /var/lib/dpkg',
      'exec "$@"',
    ].join('\n');
    const namespaces = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'];
    return this.#execute('unshare', [...namespaces, 'sh', '-c', world, 'sh', ...argv]);
  }

  runAsNobody(...argv: string[]): Promise<string> {
    return this.run(...NOBODY, ...argv);
  }

  async #execute(tool: string, argv: readonly string[]): Promise<string> {
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', HOME: this.#home, TZ: 'UTC' };
    const { stdout } = await execute(tool, [...argv], { env, maxBuffer: OUTPUT_BYTES_MAX });
    return stdout;
  }
}
