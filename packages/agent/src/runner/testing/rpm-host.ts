import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { makeSigningKey, type SigningKey } from '../../package-managers/deb/testing/test-repository.ts';
import { buildRpm, signRpms, type TestRpm } from '../../package-managers/rpm/testing/build-rpm.ts';
import { RunnerHost } from './runner-host.ts';

const execute = promisify(execFile);

const OS_RELEASE = 'NAME="AlmaLinux"\nID="almalinux"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n';
/** What every such host has, and what scripts of packages ask for. */
const BASE: TestRpm = {
  name: 'almalinux-release',
  version: '9.4',
  tags: 'Vendor: AlmaLinux\nProvides: system-release(releasever) = 9\nProvides: /bin/sh\n',
};

/** A host whose packages rpm keeps: the tools are Debian's, the database, the packages and the key are its own. */
export class RpmHost {
  readonly host: RunnerHost;
  readonly #key: SigningKey;
  readonly #rpms: string;

  private constructor(host: RunnerHost, key: SigningKey) {
    this.host = host;
    this.#key = key;
    this.#rpms = join(host.root.path, 'srv/rpms');
  }

  static async make(): Promise<RpmHost> {
    const host = await RunnerHost.make({ packages: ['rpm', 'dnf'] });
    const made = new RpmHost(host, await makeSigningKey());
    try {
      await made.#furnish();
      return made;
    } catch (error) {
      await made.remove();
      throw error;
    }
  }

  async #furnish(): Promise<void> {
    const { root } = this.host;
    await root.write('etc/os-release', OS_RELEASE);
    // Debian's rpm keeps its database in the home of whoever asks.
    await root.write('etc/rpm/macros', '%_dbpath /var/lib/rpm\n');
    await mkdir(join(root.path, 'var/lib/rpm'), { recursive: true });
    const publicKey = join(root.path, 'srv/acme.asc');
    await execute('gpg', ['--homedir', this.#key.home, '--armor', '--output', publicKey, '--export']);
    await this.host.run('rpm', '--import', '/srv/acme.asc');
    await this.install(...(await this.build(BASE)));
  }

  async remove(): Promise<void> {
    await this.host.remove();
    await this.#key.remove();
  }

  /** Builds and signs packages. */
  async build(...packages: readonly TestRpm[]): Promise<string[]> {
    const files = await this.buildUnsigned(...packages);
    await signRpms(this.#key.home, files);
    return files;
  }

  async buildUnsigned(...packages: readonly TestRpm[]): Promise<string[]> {
    const files: string[] = [];
    for (const one of packages) files.push(await buildRpm(this.#rpms, one));
    return files;
  }

  /** Has exactly these versions installed, whatever was there. */
  async install(...files: readonly string[]): Promise<void> {
    await this.host.run(
      'rpm',
      '--upgrade',
      '--force',
      '--nodeps',
      ...files.map((file) => `/srv/rpms/${basename(file)}`),
    );
  }

  /** `name version` of every package that a test made. */
  async versions(): Promise<string[]> {
    const text = await this.host.run('rpm', '--query', '--all', '--queryformat', '%{NAME} %{VERSION}\n');
    return text
      .split('\n')
      .filter((line) => /^(?:acme-|kernel)/.test(line))
      .sort();
  }
}
