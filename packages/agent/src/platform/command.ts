import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Only the system's own tools: nothing that a user's PATH puts before them. */
export const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
/** Enough of a tool's complaint to act on; the rest of a flood of warnings helps nobody. */
const COMPLAINT_CHARACTERS_MAX = 2_000;
/** After SIGTERM a tool gets this long to go by itself. */
const KILL_AFTER_MS = 2_000;

export type CommandFault = 'not-found' | 'not-started' | 'timed-out' | 'output-too-large' | 'stopped' | 'failed';

/**
 * A tool gave no answer. `complaint` is what it said on standard error; `output` what it had said of the rest, for tools
 * that call it a failure when one of many names is unknown.
 */
export class CommandError extends Error {
  readonly fault: CommandFault;
  readonly complaint: string;
  readonly output: string;

  constructor(tool: string, fault: CommandFault, complaint: string, cause?: unknown, output = '') {
    super(`${tool}: ${fault}${complaint === '' ? '' : `: ${complaint}`}`, { cause });
    this.name = 'CommandError';
    this.fault = fault;
    this.complaint = complaint;
    this.output = output;
  }
}

export interface CommandLimits {
  readonly timeoutMs: number;
  readonly outputBytesMax: number;
  /** Ends the tool early, with the fault `stopped`. */
  readonly signal?: AbortSignal | undefined;
}

type Tool = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Runs one tool with an argument list, never through a shell, and gives its standard output. The environment is fixed:
 * C locale, system path, and what the caller adds; so answers do not depend on who starts the agent.
 */
export async function runCommand(
  name: string,
  argv: readonly string[],
  limits: CommandLimits,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  if (limits.signal?.aborted === true) throw new CommandError(name, 'stopped', '');
  const tool = spawn(name, [...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: SYSTEM_PATH, LC_ALL: 'C', ...environment },
  });
  const { complaint, output, stopped, release } = watch(tool, limits);
  try {
    const exitCode = await ended(tool, name);
    const fault = stopped() ?? (exitCode === 0 ? null : 'failed');
    if (fault !== null) throw new CommandError(name, fault, complaint(), undefined, output());
    return output();
  } finally {
    release();
  }
}

/** The exit code once the tool has ended and its output is read to the end; null after a signal. */
function ended(tool: Tool, name: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    tool.on('error', (error: NodeJS.ErrnoException) => {
      reject(new CommandError(name, error.code === 'ENOENT' ? 'not-found' : 'not-started', '', error));
    });
    tool.on('close', resolve);
  });
}

/** Collects what the tool says, and ends it when it takes too long, says too much, or is not wanted any more. */
function watch(tool: Tool, { timeoutMs, outputBytesMax, signal }: CommandLimits) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let complaint = '';
  let fault: CommandFault | null = null;

  const stop = (why: CommandFault): void => {
    if (fault !== null) return;
    fault = why;
    tool.kill('SIGTERM');
    setTimeout(() => {
      tool.kill('SIGKILL');
      // What the tool started may live on with the ends of our pipes in its hands.
      tool.stdout.destroy();
      tool.stderr.destroy();
    }, KILL_AFTER_MS).unref();
  };
  tool.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > outputBytesMax) stop('output-too-large');
    else chunks.push(chunk);
  });
  tool.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    if (complaint.length < COMPLAINT_CHARACTERS_MAX) complaint += chunk;
  });
  const timer = setTimeout(() => stop('timed-out'), timeoutMs);
  const onAbort = (): void => stop('stopped');
  signal?.addEventListener('abort', onAbort);

  return {
    output: (): string => Buffer.concat(chunks, bytes).toString('utf8'),
    complaint: (): string => complaint.slice(0, COMPLAINT_CHARACTERS_MAX).trim(),
    stopped: (): CommandFault | null => fault,
    release: (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
