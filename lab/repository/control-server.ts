import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Fault, type FaultMode, parseFaults } from './fault.ts';

/** One request that the repository was asked, and how it answered. */
export interface RepositoryRequest {
  readonly atMs: number;
  readonly from: string;
  readonly path: string;
  readonly status: number;
  readonly fault: FaultMode | null;
}

export interface Controlled {
  faults: Fault[];
  readonly requests: RepositoryRequest[];
}

/** Far above what one test asks; the oldest ones go first. */
export const REQUESTS_MAX = 10_000;
const BODY_BYTES_MAX = 64 * 1024;

/** Takes the faults and tells the requests. Only whoever reaches the socket, which is root, can speak to it. */
export function controlServer(controlled: Controlled): Server {
  return createServer((request, response) => {
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status).end(JSON.stringify(value));
    };
    if (request.method === 'GET') return answer(200, controlled.requests);
    readBody(request)
      .then((body) => {
        controlled.faults = parseFaults(JSON.parse(body));
        answer(200, controlled.faults);
      })
      .catch((error: unknown) => answer(400, String(error)));
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new RangeError(`a body has at most ${BODY_BYTES_MAX} bytes`);
  }
  return Buffer.concat(chunks).toString('utf8');
}
