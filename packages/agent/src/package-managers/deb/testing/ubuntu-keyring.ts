import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const INSTALLED = '/usr/share/keyrings/ubuntu-archive-keyring.gpg';
const PACKAGE = 'http://archive.ubuntu.com/ubuntu/pool/main/u/ubuntu-keyring/ubuntu-keyring_2021.03.26_all.deb';
/** As Ubuntu's signed index of jammy names it: Debian has no package of these keys to get them from. */
const PACKAGE_SHA256 = '0d0e7ed6b112f5d03eabf3c7eb01ebdacf9c57714b279e90495cfc58c8c4520f';

/** Lends Ubuntu's archive keys, in a place that apt's own user can read. */
export async function withUbuntuKeyring<T>(use: (keyring: string) => Promise<T>): Promise<T> {
  const installed = await access(INSTALLED).then(
    () => true,
    () => false,
  );
  if (installed) return use(INSTALLED);

  const answer = await fetch(PACKAGE);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== PACKAGE_SHA256) throw new Error(`${PACKAGE} has the hash ${found}`);
  const folder = await mkdtemp('/var/tmp/patchsteward-keyring-');
  try {
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'keyring.deb'), bytes);
    await execute('dpkg-deb', ['--extract', join(folder, 'keyring.deb'), folder]);
    return await use(join(folder, INSTALLED));
  } finally {
    await rm(folder, { recursive: true });
  }
}
