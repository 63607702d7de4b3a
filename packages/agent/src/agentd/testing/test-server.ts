import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import {
  type AgentTask,
  CheckInRequest,
  EnrollRequest,
  ERRORS,
  type ErrorCode,
  RenewRequest,
  SECTIONS,
} from '@patchsteward/contract';
import { SECTION_NAMES, type SectionName } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import type { Life, TestCa } from './test-ca.ts';

/** What goes wrong with the next exchanges, one entry each; `null`: nothing. */
export type Fault =
  | 'answer-lost'
  | 'answer-truncated'
  | 'answer-not-json'
  | 'answer-endless'
  | 'answer-strange'
  | { readonly refuse: ErrorCode }
  | null;

const TOKEN_SECRET = 'a-secret-of-the-tests';

/** A server that keeps the agents' protocol over real TLS, with faults on demand. */
export class TestServer {
  readonly faults: Fault[] = [];
  /** `METHOD /path` of every exchange. */
  readonly calls: string[] = [];
  readonly stored = new Map<string, unknown>();
  readonly checkIns: CheckInRequest[] = [];
  /** The next certificates live so long. */
  life: Life = { from: Date.now() - 60_000, until: Date.now() + 7 * 86_400_000 };
  nextPollMs = 60_000;
  /** Enrolled keys by the token that brought them. */
  readonly keys = new Set<string>();
  now: () => number = Date.now;
  /** What an accepted check-in brings. */
  tasks: AgentTask[] = [];
  /** Answers what this server does not know by itself; bytes are sent as a file, from the byte that was asked for. */
  more: (call: string, body: Buffer) => object | Buffer | ErrorCode | null = () => null;
  /** Runs before each exchange is answered. */
  onCall: () => Promise<void> = () => Promise.resolve();

  private readonly ca: TestCa;
  private readonly server: Server;

  private constructor(ca: TestCa) {
    this.ca = ca;
    const { certPem: cert, keyPem: key } = ca.server;
    const options = { cert, key, ca: ca.caPem, requestCert: true, rejectUnauthorized: false } as const;
    this.server = createServer({ ...options, minVersion: 'TLSv1.3' }, (request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  static async start(ca: TestCa): Promise<TestServer> {
    const server = new TestServer(ca);
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  get address(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the server does not listen');
    return `127.0.0.1:${address.port}`;
  }

  get token(): string {
    return `ps1.${TOKEN_SECRET}.${this.ca.fingerprint}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const call = `${request.method ?? ''} ${request.url ?? ''}`;
    this.calls.push(call);
    await this.onCall();
    const fault = this.faults.shift() ?? null;
    if (isRefusal(fault)) return refuse(response, fault.refuse);
    const answer = await this.answer(call, body, request);
    if (Buffer.isBuffer(answer)) return sendFile(response, answer, request.headers.range, fault);
    if (typeof answer === 'string') return refuse(response, answer);
    send(response, JSON.stringify(answer), fault);
  }

  private async answer(call: string, body: Buffer, request: IncomingMessage): Promise<object | Buffer | ErrorCode> {
    if (call === 'GET /agent/v1/ca') return { caPem: this.ca.caPem };
    if (call === 'POST /agent/v1/enroll') return this.enroll(EnrollRequest.parse(JSON.parse(body.toString())));
    const refusal = this.refusalOf(request, call);
    if (refusal !== null) return refusal;
    if (call === 'POST /agent/v1/renew') return this.renew(RenewRequest.parse(JSON.parse(body.toString())));
    if (call === 'POST /agent/v1/check-in') return this.checkIn(CheckInRequest.parse(JSON.parse(body.toString())));
    const more = this.more(call, body);
    if (more !== null) return more;
    const [, name, hash] = /^PUT \/agent\/v1\/sections\/([a-z]+)\/(sha256:[0-9a-f]{64})$/.exec(call) ?? [];
    const section = SECTION_NAMES.find((known) => known === name);
    if (section === undefined || hash === undefined) return 'not-found';
    return this.store(section, hash, request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
  }

  private async enroll(request: EnrollRequest): Promise<object | ErrorCode> {
    const { publicKeyPem, proof, tokenSecret } = request;
    if (tokenSecret !== TOKEN_SECRET) return 'token-wrong';
    const statement = { purpose: 'patchsteward-enroll', tokenSecretSha256: sha256(tokenSecret), publicKeyPem };
    const signature = Buffer.from(proof, 'base64url');
    const proven = verify(null, Buffer.from(canonicalJson(statement)), createPublicKey(publicKeyPem), signature);
    if (!proven) return 'proof-wrong';
    if (this.keys.size > 0 && !this.keys.has(publicKeyPem)) return 'token-used';
    this.keys.add(publicKeyPem);
    return {
      assetId: '01990000-0000-7000-8000-000000000001',
      certificatePem: await this.ca.issue(publicKeyPem, this.life),
      caPem: this.ca.caPem,
      nextPollMs: this.nextPollMs,
    };
  }

  /** The key is the identity; an expired certificate of a known key may only renew. */
  private refusalOf(request: IncomingMessage, call: string): ErrorCode | null {
    const certificate = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined;
    const key = certificate?.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    if (certificate === undefined || key === undefined || !this.keys.has(key)) return 'agent-unknown';
    const expired = certificate.validToDate.getTime() <= this.now();
    return expired && call !== 'POST /agent/v1/renew' ? 'certificate-expired' : null;
  }

  private async renew({ publicKeyPem }: RenewRequest): Promise<object | ErrorCode> {
    if (!this.keys.has(publicKeyPem)) return 'agent-unknown';
    return { certificatePem: await this.ca.issue(publicKeyPem, this.life), caPem: this.ca.caPem };
  }

  private checkIn(request: CheckInRequest): object {
    this.checkIns.push(request);
    const missing = SECTION_NAMES.filter((name) => !this.stored.has(request.sections[name]));
    const accepted = missing.length === 0;
    return { accepted, missing, nextPollMs: this.nextPollMs, tasks: accepted ? this.tasks : [] };
  }

  private store(name: SectionName, hash: string, bytes: Buffer): object | ErrorCode {
    const text = bytes.toString('utf8');
    if (sha256(text) !== hash) return 'section-hash-mismatch';
    const parsed = SECTIONS[name].safeParse(JSON.parse(text));
    if (!parsed.success || canonicalJson(parsed.data) !== text) return 'section-invalid';
    this.stored.set(hash, parsed.data);
    return { stored: true };
  }
}

function isRefusal(fault: Fault): fault is { readonly refuse: ErrorCode } {
  return typeof fault === 'object' && fault !== null;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function refuse(response: ServerResponse, code: ErrorCode): void {
  const { status, whatToDo } = ERRORS[code];
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { code, message: `refused: ${code}`, whatToDo, requestId: 'request-1' } }));
}

const HTTP_PARTIAL = 206;

/** A file; with the fault `answer-truncated` the line breaks half-way. // RFC 9110 §14 */
function sendFile(response: ServerResponse, bytes: Buffer, range: string | undefined, fault: Fault): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const rest = bytes.subarray(from);
  response.writeHead(from === 0 ? 200 : HTTP_PARTIAL, { 'content-length': rest.length });
  if (fault !== 'answer-truncated') {
    response.end(rest);
    return;
  }
  response.write(rest.subarray(0, rest.length / 2));
  response.socket?.destroySoon();
}

function send(response: ServerResponse, text: string, fault: Exclude<Fault, { readonly refuse: ErrorCode }>): void {
  const head = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  switch (fault) {
    case 'answer-lost':
      response.destroy();
      return;
    case 'answer-truncated':
      response.writeHead(200, head);
      response.write(text.slice(0, text.length / 2));
      response.socket?.destroySoon();
      return;
    case 'answer-not-json':
      response.end('<html>A proxy says hello.</html>');
      return;
    case 'answer-endless':
      response.end(Buffer.alloc(2 * 1024 * 1024, 'x'));
      return;
    case 'answer-strange':
      response.end(JSON.stringify({ greeting: 'hello' }));
      return;
    case null:
      response.writeHead(200, head);
      response.end(text);
  }
}
