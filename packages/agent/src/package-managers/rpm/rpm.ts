import { type Host, hostPath } from '../../host/host.ts';
import { CommandError, runCommand } from '../../platform/command.ts';
import { Problem } from '../../platform/problem.ts';
import { databasePlace } from './database-place.ts';

/** Two thousand packages answer within a second; a disk under load may take many times that. */
const RPM_TIMEOUT_MS = 120_000;
/** Five thousand packages give about 2 MB, the file lists of a few large ones as much. */
const RPM_OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
/** A query for so many names or files stays far below the kernel's limit of 2 MB. */
export const NAMES_PER_CALL_MAX = 5_000;

/** rpm gave no answer: then nothing is known of what is installed. */
class RpmError extends Problem {
  constructor(host: Host, why: string, cause?: unknown) {
    super(
      'rpm-database-unreadable',
      `rpm cannot read the package database below ${host.root}: ${why}`,
      'see what "rpm --query --all" says there; on another machine, install the tool rpm (4.16 or newer)',
      cause,
    );
  }
}

/** Asks rpm for whatever there is; what rpm says of names that it does not know is left out. */
export async function askRpm(host: Host, argv: readonly string[], signal?: AbortSignal): Promise<string> {
  const place = await databasePlace(host);
  if (place === null) throw new RpmError(host, 'there is none');
  // Not `--root`: only root may change its root directory, and the database is all that is read.
  const options = ['--dbpath', hostPath(host, place.folder), ...argv];
  try {
    return await runCommand('rpm', options, {
      timeoutMs: RPM_TIMEOUT_MS,
      outputBytesMax: RPM_OUTPUT_BYTES_MAX,
      signal,
    });
  } catch (error) {
    if (!(error instanceof CommandError) || error.fault === 'stopped') throw error;
    // To rpm it is a failure that one of many names or files is none of its own.
    if (error.fault === 'failed' && !argv.includes('--all')) return error.output;
    throw new RpmError(host, `${error.fault} ${error.complaint}`.trim(), error);
  }
}
