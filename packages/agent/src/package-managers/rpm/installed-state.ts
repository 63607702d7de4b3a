import type { PackageChange } from '@patchsteward/core/plan';
import type { Host } from '../../host/host.ts';
import { CommandError, runCommand } from '../../platform/command.ts';
import type { Environment, PackageState } from '../acting.ts';
import { readDatabase } from './database.ts';
import { readHolds, withHolds } from './holds.ts';
import { isInstallOnly } from './install-only.ts';
import { identityOf, newestOf } from './newest.ts';
import { askRpm } from './rpm.ts';

const CHECK_LIMITS = { timeoutMs: 600_000, outputBytesMax: 16 * 1024 * 1024 };
const WORDS_MAX = 500;

/** What rpm itself says is there. It has no half states; a transaction that broke off leaves both versions. */
export async function queryInstalled(host: Host): Promise<PackageState[]> {
  const packages = withHolds(await readDatabase(host), await readHolds(host));
  const newest = newestOf(packages);
  return packages.map((installed) => {
    const { name, architecture, version, hold } = installed;
    const coexists = isInstallOnly(name);
    const whole = coexists || newest.get(identityOf(installed))?.version === version;
    return { name, architecture, version, whole, hold, coexists };
  });
}

/** Of these packages: two versions of one that replace each other, or what they need and do not have. */
export async function auditFault(host: Host, changes: readonly PackageChange[]): Promise<string | null> {
  const places = new Set(changes.map(identityOf));
  const concerned = (await queryInstalled(host)).filter((state) => places.has(identityOf(state)));
  const twice = concerned.find(({ whole }) => !whole);
  if (twice !== undefined) return `${twice.name} is installed in ${twice.version} and in a later version`;
  const known = concerned.map((state) => nameOf(state, state.version));
  return known.length === 0 ? null : faultIn(await askRpm(host, ['--verify', '--nofiles', '--noscripts', ...known]));
}

/** What rpm looks at in a file that only its package may change. */
const FILES_ONLY = ['nomtime', 'nouser', 'nogroup', 'nomode', 'nordev', 'nolinkto', 'nocaps', 'noconfig', 'noghost'];

/** The same of what was just installed, with every file of it: its size, its hash, that it is there. */
export async function auditFilesFault(host: Host, changes: readonly PackageChange[]): Promise<string | null> {
  const there = changes.filter(({ to }) => to !== null).map((change) => nameOf(change, change.to));
  if (there.length === 0) return null;
  const options = FILES_ONLY.map((option) => `--${option}`);
  return faultIn(await askRpm(host, ['--verify', '--noscripts', ...options, ...there]));
}

/** rpm says nothing where all is well. */
function faultIn(answer: string): string | null {
  return answer.trim() === '' ? null : `rpm --verify says ${answer.trim().slice(0, WORDS_MAX)}`;
}

function nameOf({ name, architecture }: Pick<PackageState, 'name' | 'architecture'>, version: string | null): string {
  return `${name}-${version ?? ''}.${architecture}`;
}

/** Each file bears a valid signature by a key that the owner of this host gave to rpm. // rpmkeys(8) */
export async function signatureFault(files: readonly string[], environment: Environment): Promise<string | null> {
  if (files.length === 0) return null;
  const argv = ['--define', '_pkgverify_level all', '--checksig', ...files];
  try {
    await runCommand('rpmkeys', argv, CHECK_LIMITS, environment);
    return null;
  } catch (error) {
    if (error instanceof CommandError && error.fault === 'failed') {
      return `rpm does not accept ${error.output.trim().slice(0, WORDS_MAX)}`;
    }
    throw error;
  }
}
