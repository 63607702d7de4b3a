import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabHost } from '../hosts/lab-host.ts';
import type { Hub } from '../hub/hub.ts';

/** What could not be had again from Debian. */
const SAVED = ['etc', 'var/lib/redis', 'var/lib/dpkg'];

/** A restic repository on the side of the backups: the server knows neither its place nor its password. // SOP P4 */
export class Vault {
  readonly repository: string;
  readonly passwordFile: string;
  readonly #hub: Hub;
  readonly #cache: string;

  private constructor(hub: Hub, folder: string) {
    this.#hub = hub;
    this.repository = join(folder, 'restic');
    this.passwordFile = join(folder, 'password');
    this.#cache = join(folder, 'cache');
  }

  static async open(hub: Hub, folder: string): Promise<Vault> {
    await mkdir(folder, { mode: 0o700 });
    const vault = new Vault(hub, folder);
    await writeFile(vault.passwordFile, 'a password of the backups alone\n', { mode: 0o600 });
    await vault.#restic(['init']);
    return vault;
  }

  /** Saves a host from the outside, as a backup of virtual machines does. */
  async save(host: LabHost, root: string): Promise<void> {
    const paths = SAVED.map((path) => join(root, path));
    await this.#restic(['backup', '--quiet', '--host', host.name, ...paths]);
  }

  async #restic(argv: readonly string[]): Promise<string> {
    const place = ['--repo', this.repository, '--password-file', this.passwordFile, '--cache-dir', this.#cache];
    return this.#hub.run(['restic', ...place, ...argv]);
  }
}
