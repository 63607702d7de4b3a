import { mkdir, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Host, hostPath } from '../../host/host.ts';
import { CommandError, runCommand } from '../../platform/command.ts';
import { errorCode, readTextIfPresent } from '../../platform/files.ts';
import type { Workplace } from '../contract.ts';
import { optionsOf, withMain } from './configuration.ts';
import { databasePlace } from './database-place.ts';

/** dnf answers in a second; a disk under load may take many times that, a hanging one must not hold the agent. */
const DNF_TIMEOUT_MS = 120_000;
/** Five thousand packages give about a megabyte. */
const DNF_OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const CONFIGURATION_BYTES_MAX = 4 * 1024 * 1024;
const CONFIGURATION = '/etc/dnf/dnf.conf';
const CACHE = '/var/cache/dnf';
/** What changes while dnf works, and what only root's dnf may keep. */
const NOT_METADATA = /\.(?:json|pid)$|^last_makecache$|^packages$/;

/** dnf on one host, as any user may ask it: of the metadata that lies there, with no network and no plugin. */
export interface Dnf {
  /** The folder of its metadata. */
  readonly metadata: string;
  ask(argv: readonly string[]): Promise<string>;
}

/** dnf gave no answer: no metadata was fetched yet, a broken configuration, a missing tool. */
export class DnfError extends Error {
  constructor(complaint: string, cause?: unknown) {
    super(complaint, { cause });
    this.name = 'DnfError';
  }
}

/**
 * Lets `use` ask dnf several times. dnf wants to write a cache and a log even where it only answers; so it gets a
 * configuration like the host's in a folder of ours, where links stand for the metadata that root's dnf has fetched.
 */
export async function withDnf<T>(host: Host, place: Workplace, use: (dnf: Dnf) => Promise<T>): Promise<T> {
  const folder = join(place.scratchDirectory, 'dnf');
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'cache'), { recursive: true, mode: 0o700 });
  try {
    return await use(await dnfAt(host, await realpath(folder), place.signal));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function dnfAt(host: Host, folder: string, signal: AbortSignal | undefined): Promise<Dnf> {
  const root = await realpath(host.root);
  const configuration = (await readTextIfPresent(hostPath(host, CONFIGURATION), CONFIGURATION_BYTES_MAX)) ?? '';
  await linkMetadata(host, configuration, join(folder, 'cache'));
  // dnf puts its root before these folders, whatever they are; so the way to ours begins there.
  const ours = `/${relative(root, folder)}`;
  const settings = { cachedir: `${ours}/cache`, logdir: `${ours}/log`, keepcache: '0' };
  await writeFile(join(folder, 'dnf.conf'), withMain(configuration, settings), { mode: 0o600 });
  const database = (await databasePlace(host))?.folder ?? '/var/lib/rpm';
  await writeFile(join(folder, '.rpmmacros'), `%_dbpath ${database}\n`, { mode: 0o600 });

  const options = ['--cacheonly', '--quiet', '--noplugins', '--config', join(folder, 'dnf.conf')];
  if (root !== '/') options.push('--installroot', root);
  // Times are written in the zone of whoever asks.
  const environment = { HOME: folder, TZ: 'UTC' };
  const limits = { timeoutMs: DNF_TIMEOUT_MS, outputBytesMax: DNF_OUTPUT_BYTES_MAX, signal };
  return {
    metadata: join(folder, 'cache'),
    ask: async (argv) => {
      try {
        return await runCommand('dnf', [...options, ...argv], limits, environment);
      } catch (error) {
        // Being told to stop says nothing of dnf.
        if (error instanceof CommandError && error.fault !== 'stopped') throw new DnfError(complaintOf(error), error);
        throw error;
      }
    },
  };
}

async function linkMetadata(host: Host, configuration: string, target: string): Promise<void> {
  const told = optionsOf(configuration, 'main').get('cachedir');
  // A path with variables is an old habit of yum; dnf then says itself that it has no metadata.
  const folder = hostPath(host, told === undefined || told.includes('$') ? CACHE : told);
  for (const name of await namesIn(folder)) {
    if (!NOT_METADATA.test(name)) await symlink(join(folder, name), join(target, name));
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Without it, or where this user may not look, there is no metadata; dnf says so.
    if (errorCode(error) === null) throw error;
    return [];
  }
}

function complaintOf({ fault, complaint }: CommandError): string {
  if (fault === 'not-found') return 'there is no dnf that could say what the repositories offer';
  return `dnf ${fault}: ${complaint}`.trim();
}
