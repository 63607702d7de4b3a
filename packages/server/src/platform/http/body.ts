import type { IncomingMessage } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { codeOf } from '../system-error.ts';
import { Refusal } from './refusal.ts';

/** A body that the handler reads itself: unpacked, and never longer than the route allows. */
export interface BodyBytes {
  readonly stream: Readable;
  /** All of it. Only for routes whose limit fits in memory. */
  readonly all: () => Promise<Buffer>;
}

/** What a refused sender may still send while we answer: enough to hear the answer, too little to hurt. */
const DRAIN_BYTES_MAX = 64 * 1024 * 1024;
const DRAIN_MS_MAX = 10_000;

/** The body of a request, gzip undone, counted before and after. */
export function bodyBytes(request: IncomingMessage, bytesMax: number): BodyBytes {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > bytesMax) throw tooLarge(bytesMax);
  const stream = unpacked(request, bytesMax);
  return { stream, all: () => collect(stream) };
}

function unpacked(request: IncomingMessage, bytesMax: number): Readable {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  const sent = Readable.from(limited(request.iterator({ destroyOnReturn: false }), bytesMax));
  if (encoding === 'identity') return sent;
  if (encoding !== 'gzip') {
    throw new Refusal('bad-request', `The content-encoding ${encoding} is not understood; send gzip or none.`);
  }
  // The reader of the last stream gets the error of any; the request itself stays open, to be answered.
  const inflated = pipeline(sent, createGunzip(), () => undefined);
  return Readable.from(limited(inflated, bytesMax));
}

async function* limited(chunks: AsyncIterable<Buffer>, bytesMax: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw tooLarge(bytesMax);
    yield chunk;
  }
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (error) {
    throw bodyRefusal(error);
  }
  return Buffer.concat(chunks);
}

/** What a broken body means to its sender. Anything that is not about the body stays what it is. */
export function bodyRefusal(error: unknown): unknown {
  const code = codeOf(error);
  if (code?.startsWith('Z_') === true)
    return new Refusal('bad-request', 'The body is no valid gzip.', { cause: error });
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new Refusal('bad-request', 'The connection ended before the body did.', { cause: error });
  }
  return error;
}

function tooLarge(bytesMax: number): Refusal {
  return new Refusal('too-large', `The body is larger than ${bytesMax} bytes.`);
}

/** Reads on after a refusal, within limits: a sender that is cut off in the middle never sees the answer. */
export async function drain(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  let bytes = 0;
  const late = AbortSignal.timeout(DRAIN_MS_MAX);
  request.unpipe();
  await new Promise<void>((resolve) => {
    const end = (): void => resolve();
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > DRAIN_BYTES_MAX) end();
    });
    request.once('end', end);
    request.once('close', end);
    late.addEventListener('abort', end, { once: true });
    request.resume();
  });
}
