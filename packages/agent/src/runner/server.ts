import { once } from 'node:events';
import { chmod, unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { errorCode } from '../platform/files.ts';
import type { Log } from '../platform/log.ts';
import { LINE_BYTES_MAX, type RunnerAnswer, type RunnerRequest, requestOf } from './protocol.ts';

/** agentd keeps one line open; a person asking for the status makes a second. */
const CONNECTIONS_MAX = 4;
/** An agentd that sends half a line and waits must not hold a place. */
const SILENCE_MS_MAX = 15 * 60_000;
const SOCKET_MODE = 0o660;
const NEWLINE = 0x0a;

/** Where to listen: what systemd opened and passed on, or a path. // sd_listen_fds(3) */
export type Doorway =
  | { readonly kind: 'passed'; readonly fd: number }
  | { readonly kind: 'path'; readonly path: string };

export interface RunnerDoor {
  /** Nobody is connected. */
  readonly empty: () => boolean;
  readonly close: () => Promise<void>;
}

type Handle = (request: RunnerRequest) => Promise<RunnerAnswer>;

/** One JSON object a line each way. A line that is too long, or that is no request, is answered and then cut off. */
export async function openDoor(doorway: Doorway, handle: Handle, log: Log): Promise<RunnerDoor> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(SILENCE_MS_MAX, () => socket.destroy());
    converse(socket, handle, log);
  });
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, doorway);
  return {
    empty: () => sockets.size === 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server, doorway: Doorway): Promise<void> {
  if (doorway.kind === 'passed') server.listen({ fd: doorway.fd });
  else {
    await removeOldSocket(doorway.path);
    server.listen(doorway.path);
  }
  await once(server, 'listening');
  if (doorway.kind === 'path') await chmod(doorway.path, SOCKET_MODE);
}

/** A runner that was killed leaves its socket behind. */
async function removeOldSocket(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

function converse(socket: Socket, handle: Handle, log: Log): void {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let turn: Promise<void> = Promise.resolve();
  socket.on('data', (data: Buffer) => {
    let rest = data;
    for (let end = rest.indexOf(NEWLINE); end !== -1; end = rest.indexOf(NEWLINE)) {
      const line = Buffer.concat([...chunks, rest.subarray(0, end)]);
      chunks = [];
      bytes = 0;
      rest = rest.subarray(end + 1);
      // Answers come in the order of the questions, and a flood of questions waits.
      socket.pause();
      turn = turn.then(() => answer(socket, line, handle, log)).then(() => void socket.resume());
    }
    chunks.push(rest);
    bytes += rest.length;
    if (bytes > LINE_BYTES_MAX) refuse(socket, 'the line is too long');
  });
}

async function answer(socket: Socket, line: Buffer, handle: Handle, log: Log): Promise<void> {
  if (socket.destroyed) return;
  const request = line.length > LINE_BYTES_MAX ? null : requestOf(jsonOf(line));
  if (request === null) return refuse(socket, 'no such request');
  try {
    say(socket, await handle(request));
  } catch (error) {
    log('error', 'request-failed', {
      kind: request.kind,
      problem: error instanceof Error ? (error.stack ?? error.message) : '',
    });
    say(socket, { kind: 'error', code: 'failed', detail: error instanceof Error ? error.message : 'unknown' });
  }
}

function refuse(socket: Socket, detail: string): void {
  if (socket.destroyed) return;
  const text = JSON.stringify({ kind: 'error', code: 'request-unreadable', detail } satisfies RunnerAnswer);
  socket.end(`${text}\n`, () => socket.destroy());
}

function say(socket: Socket, message: RunnerAnswer): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

/** Undefined, which is no request, where it is not JSON. */
function jsonOf(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}
