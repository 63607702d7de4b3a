import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OriginFault, openPackageOrigin, type PackageOrigin } from './package-origin.ts';

let server: Server;
let answer: RequestListener;
let asked: string[];
let origin: PackageOrigin;
let base: string;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = openPackageOrigin('patchsteward', 1);
});
afterEach(async () => {
  await origin.close();
  server.closeAllConnections();
  server.close();
});

function fetchText(more: { url?: string; bytesMax?: number; signal?: AbortSignal } = {}): Promise<string> {
  const { url = `${base}/pool/a.deb`, bytesMax = 1_000, signal = new AbortController().signal } = more;
  return origin.fetch({ url, bytesMax, signal }, async (body) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  });
}

async function faultOf(work: Promise<unknown>): Promise<[string, string]> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (error instanceof OriginFault) return [error.fault, error.message];
  throw new Error(`no fault: ${String(error)}`);
}

describe('a file of an origin', () => {
  it('comes as it lies there', async () => {
    let headers: Record<string, unknown> = {};
    answer = (request, response) => {
      headers = request.headers;
      response.end('bytes');
    };

    expect(await fetchText()).toBe('bytes');
    expect(headers).toMatchObject({ 'user-agent': 'patchsteward', 'accept-encoding': 'identity' });
  });

  it('is followed to a mirror, also over TLS alone, but never back into the clear', async () => {
    answer = (request, response) =>
      request.url === '/b' ? response.end('b') : response.writeHead(302, { location: '/b' }).end();
    expect(await fetchText()).toBe('b');

    answer = (_, response) => response.writeHead(302, { location: 'ftp://x/b' }).end();
    expect(await faultOf(fetchText())).toMatchObject([
      'unreachable',
      expect.stringContaining('where we do not follow'),
    ]);

    answer = (_, response) => response.writeHead(302, { location: '/a' }).end();
    expect(await faultOf(fetchText())).toMatchObject(['unreachable', expect.stringContaining('more than 5 times')]);
  });

  it('that is not there is not asked for again', async () => {
    answer = (_, response) => response.writeHead(404).end();

    expect(await faultOf(fetchText())).toMatchObject([
      'not-found',
      expect.stringContaining('answered 404 to /pool/a.deb'),
    ]);
    expect(asked).toHaveLength(1);
  });

  it('is asked for again after a trouble, and comes from its beginning', async () => {
    answer = (_, response) => {
      if (asked.length === 1) response.writeHead(503).end();
      else if (asked.length === 2) {
        response.writeHead(200, { 'content-length': '100' });
        response.write('by');
        response.socket?.end();
      } else response.end('bytes');
    };

    expect(await fetchText()).toBe('bytes');
    expect(asked).toHaveLength(3);
  });

  it('that never comes is unreachable after three tries', async () => {
    answer = (_, response) => response.writeHead(500).end();

    expect(await faultOf(fetchText())).toMatchObject(['unreachable', expect.stringContaining('answered 500')]);
    expect(asked).toHaveLength(3);
  });

  it('of an origin that is not there is unreachable', async () => {
    server.close();

    expect(await faultOf(fetchText())).toMatchObject(['unreachable', expect.stringContaining('cannot be reached')]);
  });

  it('without an end is cut off at its size', async () => {
    answer = (_, response) => response.end('x'.repeat(1_001));

    expect((await faultOf(fetchText()))[0]).toBe('too-large');
    expect(asked).toHaveLength(1);
  });

  it('is given up when the server stops', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();

    await expect(fetchText({ signal: stop.signal })).rejects.toThrow();
    expect(asked).toHaveLength(1);
  });

  it('whose taker fails is not the fault of the origin', async () => {
    answer = (_, response) => response.end('bytes');
    const taker = origin.fetch({ url: base, bytesMax: 10, signal: new AbortController().signal }, () =>
      Promise.reject(new Error('the disk is gone')),
    );

    await expect(taker).rejects.toThrow('the disk is gone');
    expect(asked).toHaveLength(1);
  });
});
