import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { errorCode } from '../platform/files.ts';
import { isRecord } from '../platform/json.ts';
import { Problem } from '../platform/problem.ts';
import type { RunnerAnswer, RunnerRequest } from '../runner/protocol.ts';

/** Preparing may wait for a lock, copy gigabytes and let dpkg finish what it began. */
const ANSWER_MS_MAX = 30 * 60_000;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;
/** Nobody listens, or not for us: this agent only reads. */
const NOT_INSTALLED: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'EACCES', 'ENOTDIR']);

/** Root's part went away in the middle of an answer; it is asked again. */
class RunnerGoneError extends Problem {
  constructor(cause?: unknown) {
    super('runner-gone', 'the runner went away before it answered', 'nothing; it is asked again', cause);
  }
}

/** An offer goes to root as it came from the server: only root judges it. */
export type RunnerQuestion =
  | Exclude<RunnerRequest, { kind: 'prepare' | 'roots' }>
  | { readonly kind: 'prepare'; readonly offer: unknown; readonly spool: string }
  | { readonly kind: 'roots'; readonly envelopes: readonly unknown[] };

/** The line to root's part of the agent on this host. */
export class RunnerClient {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Null: there is no runner on this host. */
  async ask(question: RunnerQuestion): Promise<RunnerAnswer | null> {
    const socket = connect(this.#path);
    try {
      await once(socket, 'connect');
    } catch (error) {
      socket.destroy();
      if (NOT_INSTALLED.has(errorCode(error) ?? '')) return null;
      throw new RunnerGoneError(error);
    }
    try {
      socket.setTimeout(ANSWER_MS_MAX, () => socket.destroy(new Error('no answer in time')));
      socket.write(`${JSON.stringify(question)}\n`);
      return answerOf(await readLine(socket));
    } finally {
      socket.destroy();
    }
  }
}

async function readLine(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of socket) {
      if (!Buffer.isBuffer(chunk)) continue;
      chunks.push(chunk);
      bytes += chunk.length;
      if (chunk.includes('\n')) return Buffer.concat(chunks).toString('utf8').trimEnd();
      if (bytes > ANSWER_BYTES_MAX) break;
    }
  } catch (error) {
    throw new RunnerGoneError(error);
  }
  throw new RunnerGoneError();
}

function answerOf(line: string): RunnerAnswer {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value) || typeof value['kind'] !== 'string') throw new RunnerGoneError();
  // It comes from root on this host, out of the same package: there is nobody above it who could check it.
  return value as unknown as RunnerAnswer;
}
