import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { Agent, request } from 'node:https';
import { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { CheckInAnswer, EnrollAnswer, RenewAnswer } from '@patchsteward/contract';
import { type InventorySections, SECTION_NAMES, type SectionName } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { type AddressedSection, addressed } from './inventories.ts';

/** Longer than any answer takes on a busy machine. */
const ANSWER_MS_MAX = 30_000;

export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

type Judgeable<T> = Pick<Answer<T>, 'status' | 'body'>;

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Identity {
  readonly assetId: string;
  readonly certificatePem: string;
  readonly caPem: string;
}

/** A host that keeps the contract, and breaks it where a test says so. */
export class FakeAgent {
  readonly hostname: string;
  readonly privateKey: KeyObject;
  readonly publicKeyPem: string;
  identity: Identity | undefined;
  #port: number;
  #agent: Agent | undefined;
  /** Connections that took up an earlier session instead of a full handshake. */
  resumed = 0;
  /** Bytes of every body sent. */
  sentBytes = 0;

  constructor(port: number, hostname = 'host-1', privateKey: KeyObject = generateKeyPairSync('ed25519').privateKey) {
    this.#port = port;
    this.hostname = hostname;
    this.privateKey = privateKey;
    this.publicKeyPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  }

  async ca(token: string): Promise<string> {
    const { body } = await this.call<{ caPem: string }>({ method: 'GET', path: '/agent/v1/ca' });
    const der = Buffer.from(body.caPem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
    const fingerprint = createHash('sha256').update(der).digest('hex');
    if (fingerprint !== token.split('.')[2]) throw new Error('the server is not the one of the token');
    return body.caPem;
  }

  /** As a real host does: the authority first, then the key; the identity is kept when it worked. */
  async enroll(token: string, more: Record<string, unknown> = {}): Promise<Answer<EnrollAnswer>> {
    const tokenSecret = token.split('.')[1] ?? '';
    const { publicKeyPem, hostname } = this;
    const answer = await this.call<EnrollAnswer>({
      path: '/agent/v1/enroll',
      body: {
        tokenSecret,
        publicKeyPem,
        hostname,
        machineId: null,
        architecture: 'amd64',
        agentVersion: '0.1.0',
        proof: this.proof(tokenSecret),
        ...more,
      },
    });
    if (answer.status === 200) this.use(answer.body);
    return answer;
  }

  proof(tokenSecret: string): string {
    const tokenSecretSha256 = sha256(tokenSecret);
    const text = canonicalJson({ purpose: 'patchsteward-enroll', publicKeyPem: this.publicKeyPem, tokenSecretSha256 });
    return sign(null, Buffer.from(text), this.privateKey).toString('base64url');
  }

  use({ assetId, certificatePem, caPem }: Identity): void {
    this.identity = { assetId, certificatePem, caPem };
    this.disconnect();
  }

  async renew(publicKeyPem = this.publicKeyPem): Promise<Answer<RenewAnswer>> {
    return this.call<RenewAnswer>({ path: '/agent/v1/renew', body: { publicKeyPem } });
  }

  async checkIn(
    sections: Readonly<Record<SectionName, { hash: string }>>,
    more: Record<string, unknown> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<CheckInAnswer>> {
    const hashes = Object.fromEntries(SECTION_NAMES.map((name) => [name, sections[name].hash]));
    return this.call<CheckInAnswer>({
      path: '/agent/v1/check-in',
      headers,
      body: { bootId: 'boot-1', sentAt: new Date().toISOString(), agentVersion: '0.1.0', sections: hashes, ...more },
    });
  }

  async send(name: SectionName, { hash, bytes }: AddressedSection, gzip = true): Promise<Answer> {
    return this.call({
      method: 'PUT',
      path: `/agent/v1/sections/${name}/${hash}`,
      bytes: gzip ? gzipSync(bytes) : bytes,
      headers: gzip ? { 'content-encoding': 'gzip' } : {},
    });
  }

  /** Check in, send what is missing, check in again. Throws where the server refuses. */
  async report(inventory: InventorySections): Promise<SectionName[]> {
    return this.reportSections(addressed(inventory));
  }

  /** What takes the host its time is done: whoever measures the server begins here. */
  async reportSections(sections: Readonly<Record<SectionName, AddressedSection>>): Promise<SectionName[]> {
    const first = expectOk(await this.checkIn(sections));
    if (first.accepted) return [];
    for (const name of first.missing) expectOk(await this.send(name, sections[name]));
    const second = expectOk(await this.checkIn(sections));
    if (!second.accepted) throw new Error(`still missing: ${second.missing.join(', ')}`);
    return [...first.missing];
  }

  move(port: number): void {
    this.#port = port;
    this.disconnect();
  }

  disconnect(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }

  async call<T>({ method = 'POST', path, body, bytes, headers = {} }: Call): Promise<Answer<T>> {
    const content = bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)));
    this.sentBytes += content?.length ?? 0;
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.#port,
          method,
          path,
          agent: this.#connection(),
          timeout: ANSWER_MS_MAX,
          headers: {
            'content-type': bytes === undefined ? 'application/json' : 'application/octet-stream',
            ...(content === undefined ? {} : { 'content-length': content.length }),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            // A server killed in the middle of an answer leaves half of it.
            if (!response.complete) return reject(new CutOffError('the answer was cut off'));
            const text = Buffer.concat(chunks).toString('utf8');
            const parsed = JSON.parse(text) as T;
            return resolve({ status: response.statusCode ?? 0, body: parsed, headers: response.headers });
          });
        },
      );
      sent.on('socket', (socket) => {
        if (!socket.connecting) return;
        socket.once('secureConnect', () => {
          if (socket instanceof TLSSocket && socket.isSessionReused()) this.resumed += 1;
        });
      });
      sent.on('timeout', () => sent.destroy(new CutOffError('no answer in time')));
      sent.on('error', reject);
      sent.end(content);
    });
  }

  #connection(): Agent {
    const { identity } = this;
    this.#agent ??= new Agent({
      keepAlive: true,
      maxSockets: 2,
      servername: 'patchsteward',
      ...(identity === undefined
        ? { rejectUnauthorized: false }
        : {
            ca: identity.caPem,
            cert: identity.certificatePem,
            key: this.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
          }),
    });
    return this.#agent;
  }
}

/** The line broke: whether the request took effect is not known. */
export class CutOffError extends Error {}

/** The server answered, and the answer is no. */
export class RefusedError extends Error {
  readonly status: number;
  readonly code: string;

  constructor({ status, body }: Judgeable<unknown>) {
    super(`status ${status}: ${JSON.stringify(body)}`);
    this.status = status;
    this.code = refusalCodeOf(body) ?? 'none';
  }
}

export function refusalCodeOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

export function expectOk<T>(answer: Judgeable<T>): T {
  if (answer.status === 200) return answer.body;
  throw new RefusedError(answer);
}

/** A token that nobody made. */
export function forgedToken(fingerprint: string): string {
  return `ps1.${randomBytes(32).toString('base64url')}.${fingerprint}`;
}
