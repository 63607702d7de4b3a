import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, normalize } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../machine/system-error.ts';
import { answerTo, type FileFacts } from './answer.ts';
import { type Controlled, REQUESTS_MAX } from './control-server.ts';
import { BYTES_PER_SECOND_DEFAULT, type Fault, faultOf } from './fault.ts';

const SLOW_PARTS_PER_SECOND = 8;
/** The reader shall have the first half before the line breaks. */
const BREAK_AFTER_MS = 50;

interface Found extends FileFacts {
  readonly path: string;
}

export async function handleFile(
  roots: readonly string[],
  controlled: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://repository').pathname);
  const fault = faultOf(controlled.faults, path);
  const file = fault?.mode === 'not-found' ? null : await findFile(roots, path);
  const heard = { atMs: Date.now(), from: request.socket.remoteAddress ?? '', path, fault: fault?.mode ?? null };
  const note = (status: number): void => {
    controlled.requests.push({ ...heard, status });
    if (controlled.requests.length > REQUESTS_MAX) controlled.requests.shift();
  };

  if (fault?.mode === 'hang') return note(0);
  if (fault?.mode === 'server-error') {
    note(500);
    response.writeHead(500).end();
    return;
  }
  if (fault !== null && file !== null) {
    note(200);
    return sendFaulty(fault, file, response);
  }
  note(sendHonestly(request, file, response));
}

function sendHonestly(request: IncomingMessage, file: Found | null, response: ServerResponse): number {
  const asked = { ifModifiedSince: request.headers['if-modified-since'], range: request.headers.range };
  const { status, startBytes } = answerTo(asked, file);
  if (file === null || status === 304) {
    response.writeHead(status).end();
    return status;
  }
  if (status === 206) {
    response.setHeader('Content-Range', `bytes ${startBytes}-${file.sizeBytes - 1}/${file.sizeBytes}`);
  }
  writeHead(response, status, file, file.sizeBytes - startBytes);
  if (request.method === 'HEAD') response.end();
  else createReadStream(file.path, { start: startBytes }).pipe(response);
  return status;
}

async function sendFaulty(fault: Fault, file: Found, response: ServerResponse): Promise<void> {
  const content = await readFile(file.path);
  const middle = content.length >> 1;
  writeHead(response, 200, file, content.length);
  if (fault.mode === 'truncated') {
    response.write(content.subarray(0, middle));
    await sleep(BREAK_AFTER_MS);
    response.destroy();
    return;
  }
  if (fault.mode === 'corrupt') {
    content[middle] = (content[middle] ?? 0) ^ 0xff;
    response.end(content);
    return;
  }
  const partBytes = Math.ceil((fault.bytesPerSecond ?? BYTES_PER_SECOND_DEFAULT) / SLOW_PARTS_PER_SECOND);
  for (let sent = 0; sent < content.length && !response.destroyed; sent += partBytes) {
    response.write(content.subarray(sent, sent + partBytes));
    await sleep(1_000 / SLOW_PARTS_PER_SECOND);
  }
  response.end();
}

function writeHead(response: ServerResponse, status: number, file: Found, lengthBytes: number): void {
  response.writeHead(status, {
    'Content-Length': lengthBytes,
    'Last-Modified': new Date(file.modifiedMs).toUTCString(),
    'Accept-Ranges': 'bytes',
  });
}

async function findFile(roots: readonly string[], path: string): Promise<Found | null> {
  for (const root of roots) {
    // Normalized with its leading slash, a path cannot climb out of its root.
    const file = join(root, normalize(`/${path}`));
    const facts = await factsOf(file);
    if (facts !== null) return { path: file, ...facts };
  }
  return null;
}

async function factsOf(file: string): Promise<FileFacts | null> {
  try {
    const facts = await stat(file);
    return facts.isFile() ? { sizeBytes: facts.size, modifiedMs: facts.mtimeMs } : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}
