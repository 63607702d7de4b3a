import { access } from 'node:fs/promises';
import { LabError } from '../lab-error.ts';
import { codeOf } from './system-error.ts';

/** A file that the lab needs, and the Debian package that brings it. */
const NEEDED: readonly (readonly [file: string, debianPackage: string])[] = [
  ['/usr/bin/mmdebstrap', 'mmdebstrap'],
  ['/usr/bin/systemd-nspawn', 'systemd-container'],
  ['/usr/bin/apt-ftparchive', 'apt-utils'],
  ['/usr/bin/gpg', 'gpg'],
  ['/usr/bin/gpg-agent', 'gpg-agent'],
  ['/usr/bin/xz', 'xz-utils'],
  ['/usr/share/keyrings/debian-archive-keyring.gpg', 'debian-archive-keyring'],
];
/** Some releases keep these in /sbin, others in /usr/sbin. */
const NEEDED_SOMEWHERE: readonly (readonly [files: readonly string[], debianPackage: string])[] = [
  [['/sbin/ip', '/bin/ip', '/usr/bin/ip', '/usr/sbin/ip'], 'iproute2'],
  [['/usr/bin/nsenter', '/bin/nsenter'], 'util-linux'],
];

export interface MachineFacts {
  readonly platform: string;
  readonly uid: number | undefined;
  readonly hasApt: boolean;
  readonly missingPackages: readonly string[];
}

/** Refuses, with one line, the machine on which a lab cannot be. */
export async function checkMachine(): Promise<void> {
  const why = unfit({
    platform: process.platform,
    uid: process.getuid?.(),
    hasApt: await exists('/usr/bin/apt-get'),
    missingPackages: await missingPackages(exists),
  });
  if (why !== null) throw why;
}

export function unfit({ platform, uid, hasApt, missingPackages }: MachineFacts): LabError | null {
  const refused = (what: string, advice: string): LabError => new LabError(what, advice, { exitCode: 2 });
  if (platform !== 'linux') return refused(`the lab needs Linux, this is ${platform}`, 'run it on Debian or Ubuntu');
  if (!hasApt) return refused('the lab needs Debian or Ubuntu: this machine has no apt-get', 'run it on one of them');
  if (uid !== 0) return refused('the lab needs root, for mounts and namespaces', 'run it as root, or with sudo');
  if (missingPackages.length === 0) return null;
  const names = missingPackages.join(' ');
  return refused(`the lab needs Debian packages that are missing: ${names}`, `run: apt-get install ${names}`);
}

export async function missingPackages(has: (file: string) => Promise<boolean>): Promise<string[]> {
  const all = [...NEEDED.map(([file, name]) => [[file], name] as const), ...NEEDED_SOMEWHERE];
  const found = await Promise.all(all.map(async ([files]) => (await Promise.all(files.map(has))).includes(true)));
  return all.filter((_, index) => found[index] === false).map(([, name]) => name);
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/** Those of the commands that are nowhere in the PATH of a login, and of the files with their whole path that are not there. */
export async function missingTools(commands: readonly string[]): Promise<string[]> {
  const folders = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const found = await Promise.all(
    commands.map(async (command) =>
      command.startsWith('/')
        ? exists(command)
        : (await Promise.all(folders.map((folder) => exists(`${folder}/${command}`)))).includes(true),
    ),
  );
  return commands.filter((_, index) => found[index] === false);
}
