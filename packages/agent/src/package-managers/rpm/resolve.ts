import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageChange, Target, TransactionProposal } from '@patchsteward/core/plan';
import type { OriginId } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import { type Host, hostPath } from '../../host/host.ts';
import { CommandError, runCommand } from '../../platform/command.ts';
import { readTextIfPresent } from '../../platform/files.ts';
import { compareText } from '../../platform/text.ts';
import type { SimulatedChange } from '../acting.ts';
import type { Workplace } from '../contract.ts';
import { sha256In } from './checksum.ts';
import { withMain } from './configuration.ts';
import { readDatabase } from './database.ts';
import { databasePlace } from './database-place.ts';
import { identityOf } from './newest.ts';
import { queryFormat } from './origins.ts';
import { parseRepositories } from './repositories.ts';
import { parseAnnouncement } from './simulation.ts';
import { simulatedOf } from './transaction.ts';
import { versionText } from './version-text.ts';

/** A slow mirror and a full archive: minutes; a hanging one must not hold the agent. */
const FETCH_LIMITS = { timeoutMs: 10 * 60_000, outputBytesMax: 16 * 1024 * 1024 };
const CONFIGURATION = '/etc/dnf/dnf.conf';
const CONFIGURATION_BYTES_MAX = 4 * 1024 * 1024;
const WHY_CHARACTERS_MAX = 900;
const PRIVATE_DIRECTORY = 0o700;
const FIELDS = ['name', 'epoch', 'version', 'release', 'arch', 'repoid', 'downloadsize', 'chksum'] as const;
/** dnf lets nobody else ask what it would install. In a world of users of our own we are root, and nothing more. */
const AS_ROOT_OF_NOTHING = ['--user', '--map-root-user', '--'];

type Answer = TransactionProposal['answer'];

/**
 * What the package manager would do to reach the targets, worked out by a user without rights over metadata of its own:
 * the host's may be old, and only root may refresh it. // decided 17
 */
export async function resolveTargets(host: Host, place: Workplace, targets: readonly Target[]): Promise<Answer> {
  try {
    const dnf = await ownDnf(host, place);
    await dnf.ask(['makecache', '--refresh', '--assumeyes']);
    const wanted = targets.map(({ name, architecture, to }) => `${name}-${to}.${architecture}`);
    const announced = parseAnnouncement(await dnf.announce(['install', ...wanted]));
    const installed = await readDatabase(host, place.signal);
    const simulated = simulatedOf(announced, installed);
    return changesOf(simulated, await readFacts(dnf, simulated));
  } catch (error) {
    if (!(error instanceof CommandError) || error.fault === 'stopped') throw error;
    return impossible(`dnf ${error.fault}: ${error.complaint}`);
  }
}

interface OwnDnf {
  ask(argv: readonly string[]): Promise<string>;
  /** What dnf says it would do, and is then told not to. */
  announce(argv: readonly string[]): Promise<string>;
}

async function ownDnf(host: Host, { scratchDirectory, signal }: Workplace): Promise<OwnDnf> {
  const folder = join(scratchDirectory, '..', 'dnf-lists');
  await mkdir(join(folder, 'cache'), { recursive: true, mode: PRIVATE_DIRECTORY });
  const configuration = (await readTextIfPresent(hostPath(host, CONFIGURATION), CONFIGURATION_BYTES_MAX)) ?? '';
  const settings = {
    ...{ cachedir: `${folder}/cache`, logdir: `${folder}/log`, persistdir: `${folder}/state`, keepcache: '0' },
    // As root's own dnf will be told: nothing beside what is needed, and no former kernel that goes.
    ...{ install_weak_deps: '0', clean_requirements_on_remove: '0', installonly_limit: '0', best: '1', color: 'never' },
  };
  const path = join(folder, 'dnf.conf');
  await writeFile(path, withMain(configuration, settings), { mode: 0o600 });
  const database = (await databasePlace(host))?.folder ?? '/var/lib/rpm';
  await writeFile(join(folder, '.rpmmacros'), `%_dbpath ${database}\n`, { mode: 0o600 });
  const options = ['--noplugins', '--config', path];
  const limits = { ...FETCH_LIMITS, signal };
  const environment = { HOME: folder, TZ: 'UTC' };
  return {
    ask: (argv) => runCommand('dnf', [...options, ...argv], limits, environment),
    announce: async (argv) => {
      const asked = [...options, '--cacheonly', '--assumeno', ...argv];
      const isRoot = process.getuid?.() === 0;
      try {
        return isRoot
          ? await runCommand('dnf', asked, limits, environment)
          : await runCommand('unshare', [...AS_ROOT_OF_NOTHING, 'dnf', ...asked], limits, environment);
      } catch (error) {
        // That it was told not to is a failure to dnf; where it announced nothing, it was one.
        if (!(error instanceof CommandError) || error.fault !== 'failed') throw error;
        if (parseAnnouncement(error.output).length === 0) throw error;
        return error.output;
      }
    },
  };
}

interface FileFacts {
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
  readonly origin: OriginId;
}

/** What the repositories say of the files that would come. */
async function readFacts(
  dnf: OwnDnf,
  simulated: readonly SimulatedChange[],
): Promise<ReadonlyMap<string, readonly FileFacts[]>> {
  const coming = simulated.filter(({ to }) => to !== null).map(nevraOf);
  if (coming.length === 0) return new Map();
  const quiet = ['--cacheonly', '--quiet'];
  const origins = new Map(
    parseRepositories(await dnf.ask([...quiet, 'repolist', '--verbose'])).map(({ id, origin }) => [id, origin]),
  );
  const answer = await dnf.ask([...quiet, 'repoquery', '--queryformat', queryFormat(FIELDS), ...coming]);
  const facts = new Map<string, FileFacts[]>();
  for (const line of answer.split('\n').filter((text) => text !== '')) {
    const [name = '', epoch = '', version = '', release = '', architecture = '', ...file] = line.split('\t');
    const [repository = '', size = '', checksum = ''] = file;
    const nevra = `${name}-${versionText(epoch, version, release)}.${architecture}`;
    const one = {
      sha256: sha256In(checksum),
      sizeBytes: /^\d{1,15}$/.test(size) ? Number(size) : null,
      origin: origins.get(repository) ?? repository,
    };
    facts.set(nevra, [...(facts.get(nevra) ?? []), one]);
  }
  return facts;
}

/** A version that no index lists with its hash cannot be signed; of several repositories with the same file any will do. */
function changesOf(simulated: readonly SimulatedChange[], facts: ReadonlyMap<string, readonly FileFacts[]>): Answer {
  const changes: PackageChange[] = [];
  for (const change of simulated) {
    const { name, architecture, from, to } = change;
    if (to === null || architecture === null) return impossible(`${name} would be removed`);
    const [file, ...others] = facts.get(nevraOf(change)) ?? [];
    const hash = `sha256:${file?.sha256 ?? ''}`;
    if (file === undefined || !isHash(hash) || file.sizeBytes === null) {
      return impossible(`no repository lists ${name} ${to} with its hash`);
    }
    if (others.some(({ sha256 }) => sha256 !== file.sha256)) {
      return impossible(`two repositories list different files as ${name} ${to}`);
    }
    const { sizeBytes, origin } = file;
    changes.push({ name, architecture, from, to, sha256: hash, sizeBytes, origin });
  }
  if (changes.length === 0) return impossible('nothing would change: the targets are installed');
  return { kind: 'resolved', changes: changes.sort((a, b) => compareText(identityOf(a), identityOf(b))) };
}

function nevraOf({ name, architecture, to }: SimulatedChange): string {
  return `${name}-${to ?? ''}.${architecture ?? ''}`;
}

function impossible(why: string): Answer {
  return { kind: 'impossible', why: why.slice(0, WHY_CHARACTERS_MAX) };
}
