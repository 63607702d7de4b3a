import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { Problem } from '../platform/problem.ts';
import type { ServerAddress } from './server-address.ts';
import { ServerRefusal, ServerUnreachable } from './server-errors.ts';

/** The server's name in its certificate: the CA and this name are its identity, whatever address leads to it. */
const SERVER_NAME = 'patchsteward';
/** From the first byte sent to the last received; sections of megabytes over a slow line included. */
const EXCHANGE_MS_MAX = 120_000;
/** Answers are a few hundred bytes; a certificate chain has some thousand. */
const ANSWER_BYTES_MAX = 1024 * 1024;
/** Gigabytes over a slow line; what has come by then is kept, and the rest follows. */
const DOWNLOAD_MS_MAX = 30 * 60_000;
const HTTP_PARTIAL = 206;
const HTTP_OK_MIN = 200;
const HTTP_OK_MAX = 299;

/** How the server is known, and how it knows us. `unverified` is for the one question whose answer is pinned. */
export type Trust =
  | { readonly kind: 'unverified' }
  | { readonly kind: 'ca'; readonly caPem: string }
  | { readonly kind: 'mutual'; readonly caPem: string; readonly certificatePem: string; readonly keyPem: string };

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: Buffer;
  /** Instead of a body: a value that goes as JSON. */
  readonly json?: object;
  readonly gzipped?: boolean;
  /** Where the answer may be larger than most. */
  readonly answerBytesMax?: number;
}

/** A file that comes from the server, from a byte on; never more of it than was signed. */
export interface Download {
  readonly file: FileHandle;
  readonly from: number;
  readonly bytesMax: number;
}

/** A line to the server over which several questions can go; end it with `close`. */
export class ServerClient {
  private readonly address: ServerAddress;
  private readonly agent: Agent;
  private readonly signal: AbortSignal | undefined;
  /** How far the server's clock is ahead of ours, as its last answer said; null: it did not say. */
  clockAheadMs: number | null = null;

  constructor(address: ServerAddress, trust: Trust, signal?: AbortSignal) {
    this.address = address;
    this.signal = signal;
    this.agent = new Agent({ keepAlive: true, maxSockets: 1, minVersion: 'TLSv1.3', ...tlsOptions(trust) });
  }

  close(): void {
    this.agent.destroy();
  }

  /** Gives the body of the answer as JSON; throws `ServerRefusal` or `ServerUnreachable`. */
  async ask(question: Question): Promise<unknown> {
    const { status, text } = await this.exchange(withBody(question));
    const body = jsonOrUndefined(text);
    if (status < HTTP_OK_MIN || status > HTTP_OK_MAX) throw new ServerRefusal(status, body);
    if (body === undefined) throw new ServerUnreachable(this.address, 'answer-not-json');
    return body;
  }

  /** Writes the body of an answer to a file. A server that cannot begin in the middle begins anew. */
  async download(path: string, download: Download): Promise<void> {
    const range: Record<string, string> = download.from === 0 ? {} : { range: `bytes=${download.from}-` };
    await this.call({ method: 'GET', path }, DOWNLOAD_MS_MAX, range, async (response) => {
      const status = response.statusCode ?? 0;
      if (status < HTTP_OK_MIN || status > HTTP_OK_MAX) {
        throw new ServerRefusal(status, jsonOrUndefined(await readAnswer(response, ANSWER_BYTES_MAX)));
      }
      await writeBody(response, status === HTTP_PARTIAL ? download : { ...download, from: 0 });
    });
  }

  private exchange(question: Question): Promise<{ status: number; text: string }> {
    return this.call(question, EXCHANGE_MS_MAX, {}, async (response) => ({
      status: response.statusCode ?? 0,
      text: await readAnswer(response, question.answerBytesMax ?? ANSWER_BYTES_MAX),
    }));
  }

  private call<T>(
    question: Question,
    deadlineMs: number,
    headers: Record<string, string>,
    read: (response: IncomingMessage) => Promise<T>,
  ): Promise<T> {
    const deadline = AbortSignal.timeout(deadlineMs);
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => reject(this.unreachable(error, deadline));
      const call = request({
        host: this.address.host,
        port: this.address.port,
        method: question.method,
        path: question.path,
        agent: this.agent,
        headers: { ...headersOf(question), ...headers },
        signal: this.signal === undefined ? deadline : AbortSignal.any([deadline, this.signal]),
      });
      call.on('error', fail);
      call.on('response', (response) => {
        this.noteClock(response.headers.date);
        read(response).then(resolve, (error: unknown) => {
          response.destroy();
          if (error instanceof ServerRefusal) reject(error);
          else fail(error);
        });
      });
      call.end(question.body);
    });
  }

  /** // RFC 9110 §6.6.1: to the second */
  private noteClock(date: string | undefined): void {
    const at = date === undefined ? Number.NaN : Date.parse(date);
    if (!Number.isNaN(at)) this.clockAheadMs = at - Date.now();
  }

  private unreachable(error: unknown, deadline: AbortSignal): Error {
    if (this.signal?.aborted === true && error instanceof Error) return error;
    if (deadline.aborted) return new ServerUnreachable(this.address, 'timed-out', error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'answer-broken';
    return new ServerUnreachable(this.address, code, error);
  }
}

function withBody(question: Question): Question {
  const { json, ...asked } = question;
  return json === undefined ? asked : { ...asked, body: Buffer.from(JSON.stringify(json)) };
}

function tlsOptions(trust: Trust): object {
  switch (trust.kind) {
    case 'unverified':
      return { rejectUnauthorized: false, servername: SERVER_NAME };
    case 'ca':
      return { ca: trust.caPem, servername: SERVER_NAME };
    case 'mutual':
      return { ca: trust.caPem, servername: SERVER_NAME, cert: trust.certificatePem, key: trust.keyPem };
  }
}

function headersOf({ body, gzipped }: Question): Record<string, string | number> {
  if (body === undefined) return { accept: 'application/json' };
  const encoding = gzipped === true ? { 'content-encoding': 'gzip' } : {};
  return { accept: 'application/json', 'content-type': 'application/json', 'content-length': body.length, ...encoding };
}

async function writeBody(response: IncomingMessage, { file, from, bytesMax }: Download): Promise<void> {
  let at = from;
  await file.truncate(from);
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    if (at + chunk.length > bytesMax) throw tooLarge();
    await file.write(chunk, 0, chunk.length, at);
    at += chunk.length;
  }
}

function tooLarge(): Problem {
  return new Problem('answer-too-large', 'the answer has no end', 'look for another program at that address');
}

async function readAnswer(response: IncomingMessage, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > bytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller tells a broken answer from a refusal by its status.
    return undefined;
  }
}
