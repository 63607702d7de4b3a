import { Agent, request } from 'node:http';
import { BenchError } from '../bench-error.ts';
import type { Case } from './cases.ts';

/** An answer that takes longer has failed. */
const ANSWER_MS_MAX = 60_000;

interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** From the first byte that was sent to the last that came back. */
  readonly tookMs: number;
}

/** A signed-in person who asks the server over loopback, on as many connections as questions at once. */
export class Caller {
  readonly #base: string;
  readonly #cookie: string;
  readonly #agent: Agent;

  constructor(base: string, cookie: string, connectionsMax: number) {
    this.#base = base;
    this.#cookie = cookie;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connectionsMax });
  }

  /** As the console asks: the answer comes compressed. */
  async time(path: string): Promise<number> {
    const answer = await this.#ask(path, { 'accept-encoding': 'gzip, deflate, br' });
    if (answer.status !== 200) throw refused(path, answer);
    return answer.tookMs;
  }

  async read(path: string): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.#ask(path, {});
    if (answer.status !== 200) throw refused(path, answer);
    return Object(JSON.parse(answer.body.toString('utf8')));
  }

  close(): void {
    this.#agent.destroy();
  }

  #ask(path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const began = performance.now();
      const options = { agent: this.#agent, headers: { ...headers, cookie: this.#cookie }, timeout: ANSWER_MS_MAX };
      const call = request(this.#base + path, options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const tookMs = performance.now() - began;
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts), tookMs });
        });
      });
      call.on('timeout', () => call.destroy(new Error(`no answer to ${path} within ${ANSWER_MS_MAX} ms`)));
      call.on('error', reject);
      call.end();
    });
  }
}

function refused(path: string, { status, body }: Answer): BenchError {
  return new BenchError(
    `the server answered ${status} to ${path}: ${body.toString('utf8').slice(0, 500)}`,
    'the fill must make what the server can read, and the server must answer every list',
  );
}

export function addressOf(path: string, { params = {}, query = {} }: Case, cursor: string | null): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const words = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  if (cursor !== null) words.set('cursor', cursor);
  return words.size === 0 ? filled : `${filled}?${words}`;
}
