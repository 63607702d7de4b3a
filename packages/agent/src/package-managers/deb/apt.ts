import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '../../host/host.ts';
import { CommandError, runCommand } from '../../platform/command.ts';
import type { Workplace } from '../contract.ts';

/** apt answers in about a second; a disk under load may take many times that, a hanging one must not hold the agent. */
const APT_TIMEOUT_MS = 120_000;
/** Five thousand packages give about 3 MB; simulations and records stay below that. */
const APT_OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const LIMITS = { timeoutMs: APT_TIMEOUT_MS, outputBytesMax: APT_OUTPUT_BYTES_MAX };
/** An argument list of this many names stays far below the kernel's limit of 2 MB. */
const NAMES_PER_CALL_MAX = 5_000;

export type AptTool = 'apt-cache' | 'apt-get';

/** apt on one host, as any user may ask it: it reads the host's lists, and writes only into its own scratch folder. */
export interface Apt {
  ask(tool: AptTool, argv: readonly string[]): Promise<string>;
  /** The same question for many names, in as many calls as it takes. */
  askForAll(tool: AptTool, argv: readonly string[], names: readonly string[]): Promise<string>;
}

/** apt gave no answer: a broken source list, an index that may not be read, a missing tool. */
export class AptError extends Error {
  constructor(complaint: string, cause?: unknown) {
    super(complaint, { cause });
    this.name = 'AptError';
  }
}

/**
 * Lets `use` ask apt several times over one private cache. apt builds its cache of all indexes in about a second when
 * it may not write its own; kept in a folder of ours, only the first question pays. The folder is emptied before and
 * after, so that nothing of it stays on the host's disk (35 MB for Debian main).
 */
export async function withApt<T>(host: Host, place: Workplace, use: (apt: Apt) => Promise<T>): Promise<T> {
  const folder = join(place.scratchDirectory, 'apt');
  await rm(folder, { recursive: true, force: true });
  // apt wants a place for downloads even where it only says what it would download.
  await mkdir(join(folder, 'archives/partial'), { recursive: true, mode: 0o700 });
  try {
    return await use(await aptAt(host, folder, place.signal));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function aptAt(host: Host, folder: string, signal: AbortSignal | undefined): Promise<Apt> {
  const environment = host.root === '/' ? {} : { APT_CONFIG: await writeRootConfiguration(host, folder) };
  const options = [
    '-o',
    `Dir::Cache=${folder}/`,
    '-o',
    'Dir::Cache::pkgcache=pkgcache.bin',
    '-o',
    'Dir::Cache::srcpkgcache=',
  ];

  const ask = async (tool: AptTool, argv: readonly string[]): Promise<string> => {
    try {
      return await runCommand(tool, [...options, ...argv], { ...LIMITS, signal }, environment);
    } catch (error) {
      // Being told to stop says nothing of apt.
      if (error instanceof CommandError && error.fault !== 'stopped')
        throw new AptError(complaintOf(tool, error), error);
      throw error;
    }
  };
  const askForAll = async (tool: AptTool, argv: readonly string[], names: readonly string[]): Promise<string> => {
    const answers: string[] = [];
    for (let start = 0; start < names.length; start += NAMES_PER_CALL_MAX) {
      answers.push(await ask(tool, [...argv, ...names.slice(start, start + NAMES_PER_CALL_MAX)]));
    }
    return answers.join('');
  };
  return { ask, askForAll };
}

/** For another root apt must read that root's own configuration too, which only a file named before all can say. */
async function writeRootConfiguration(host: Host, folder: string): Promise<string> {
  const path = join(folder, 'root.conf');
  await writeFile(path, `Dir "${host.root.replaceAll(/["\\]/g, '\\$&')}/";\n`, { mode: 0o600 });
  return path;
}

/** apt's own error lines, without the warnings around them. */
function complaintOf(tool: AptTool, error: CommandError): string {
  const errors = error.complaint.split('\n').filter((line) => line.startsWith('E: '));
  return `${tool} ${error.fault}: ${errors.length > 0 ? errors.join(' ') : error.complaint}`.trim();
}
