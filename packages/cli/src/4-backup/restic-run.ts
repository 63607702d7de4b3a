import { spawn } from 'node:child_process';
import { EXIT } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Environment } from '../platform/streams.ts';
import { systemCode } from '../platform/system-error.ts';
import { plainText } from '../platform/text.ts';

/** The list of 100,000 snapshots is about 50 MB; a repository with more wants pruning. */
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
/** Enough of what it complained about. */
const COMPLAINT_CHARACTERS_MAX = 500;
/** A check of a large repository over a slow line; longer is a hang. */
const RUN_MS_MAX = 6 * 3_600_000;

export interface ResticPlace {
  readonly repository: string;
  readonly passwordFile: string | undefined;
  readonly environment: Environment;
}

interface ResticRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs restic with a list of arguments; no shell reads them. The password goes by file or environment, never here. */
function runRestic(place: ResticPlace, args: readonly string[]): Promise<ResticRun> {
  const { repository, passwordFile, environment } = place;
  return new Promise((resolve, reject) => {
    const child = spawn('restic', ['--repo', repository, '--no-cache', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: RUN_MS_MAX,
      env: {
        ...environment,
        // Its words are read here, not shown in somebody's language.
        LC_ALL: 'C',
        ...(passwordFile === undefined ? {} : { RESTIC_PASSWORD_FILE: passwordFile }),
      },
    });
    const stdout = collect(child.stdout, () => child.kill('SIGTERM'));
    const stderr = collect(child.stderr, () => child.kill('SIGTERM'));
    child.on('error', (error) => reject(notStarted(error)));
    child.on('close', (code) => {
      if (stdout.full() || stderr.full()) return reject(tooMuch());
      resolve({ code, stdout: stdout.text(), stderr: stderr.text() });
    });
  });
}

/** The output of a command that must answer. That it ended well proves nothing yet; what it says is looked at after. */
export async function answerOf(place: ResticPlace, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runRestic(place, args);
  if (code === 0) return stdout;
  const said = plainText(stderr.trim()).slice(0, COMPLAINT_CHARACTERS_MAX);
  throw new Failure(
    `restic ${args[0] ?? ''} failed: ${said === '' ? `exit code ${code}` : said}`,
    'look at the repository with restic itself',
  );
}

function collect(stream: NodeJS.ReadableStream, onFull: () => void) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > OUTPUT_BYTES_MAX) onFull();
    else chunks.push(chunk);
  });
  return { full: () => bytes > OUTPUT_BYTES_MAX, text: () => Buffer.concat(chunks).toString('utf8') };
}

function notStarted(error: Error): Error {
  if (systemCode(error) !== 'ENOENT') return error;
  return new Failure(
    'restic is not installed here',
    'run this on the backup side, or install it (apt install restic)',
    {
      cause: error,
      exitCode: EXIT.failed,
    },
  );
}

function tooMuch(): Failure {
  return new Failure(`restic answered more than ${OUTPUT_BYTES_MAX} bytes`, 'forget and prune old snapshots first');
}
