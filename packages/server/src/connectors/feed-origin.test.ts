import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FeedOrigin, openFeedOrigin } from './feed-origin.ts';

let server: Server;
let answer: RequestListener;
let asked: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[];
let origin: FeedOrigin;
let base: string;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push({ url: request.url, headers: request.headers });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = openFeedOrigin('patchsteward');
});

afterEach(async () => {
  await origin.close();
  server.closeAllConnections();
  server.close();
});

function fetchFeed(url = `${base}/feed.json`, more: { etag?: string; bytesMax?: number; signal?: AbortSignal } = {}) {
  const { etag = null, bytesMax = 1_000, signal = new AbortController().signal } = more;
  return origin.fetch({ url, etag, bytesMax, signal });
}

async function read(url?: string, more?: { bytesMax?: number; signal?: AbortSignal }) {
  const response = await fetchFeed(url, more);
  if (response.kind !== 'served') throw new Error(response.kind);
  const chunks: Buffer[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return { text: Buffer.concat(chunks).toString(), etag: response.etag };
}

describe('fetching a feed', () => {
  it('gives the bytes as they are served, and their entity tag', async () => {
    answer = (_, response) => response.setHeader('etag', '"1"').end('{"a":1}');

    expect(await read()).toEqual({ text: '{"a":1}', etag: '"1"' });
    expect(asked[0]?.headers).toMatchObject({ 'user-agent': 'patchsteward', 'accept-encoding': 'identity' });
    expect(asked[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it('asks only for what is new', async () => {
    answer = (_, response) => response.writeHead(304).end();

    expect(await fetchFeed(undefined, { etag: '"1"' })).toEqual({ kind: 'not-modified' });
    expect(asked[0]?.headers).toMatchObject({ 'if-none-match': '"1"' });
  });

  it('follows where its publisher moved it', async () => {
    answer = (request, response) =>
      request.url === '/feed.json'
        ? response.writeHead(302, { location: '/moved/feed.json' }).end()
        : response.end('moved');

    expect(await read()).toMatchObject({ text: 'moved' });
    expect(asked.map(({ url }) => url)).toEqual(['/feed.json', '/moved/feed.json']);
  });

  const REFUSED: readonly (readonly [string, RequestListener, string])[] = [
    ['is not there', (_, response) => response.writeHead(404).end('no'), 'answered 404'],
    ['is out of order', (_, response) => response.writeHead(503).end(), 'answered 503'],
    [
      'sends us round in circles',
      (_, response) => response.writeHead(301, { location: '/feed.json' }).end(),
      'more than 5 times',
    ],
    ['sends us to no address', (_, response) => response.writeHead(301).end(), 'answered 301'],
    [
      'sends us to another protocol',
      (_, response) => response.writeHead(301, { location: 'file:///etc/passwd' }).end(),
      'do not follow',
    ],
    ['hangs up', (request) => request.socket.destroy(), 'cannot be reached'],
  ];

  it.each(REFUSED)('an origin that %s is unreachable', async (_, listener, message) => {
    answer = listener;

    await expect(fetchFeed()).rejects.toMatchObject({
      code: 'feed-unreachable',
      message: expect.stringContaining(message),
    });
  });

  it('nobody there is unreachable, and says which host', async () => {
    const { port } = new URL(base);
    server.close();

    await expect(fetchFeed()).rejects.toMatchObject({
      code: 'feed-unreachable',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });

  it('a body that breaks off is unreachable, not short', async () => {
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half of it');
      setTimeout(() => request.socket.destroy(), 20);
    };

    await expect(read()).rejects.toMatchObject({ code: 'feed-unreachable' });
  });

  it('a body longer than any feed is refused while it comes', async () => {
    answer = (_, response) => response.end('x'.repeat(2_000));

    await expect(read()).rejects.toMatchObject({
      code: 'feed-unreadable',
      message: expect.stringContaining('1000 bytes'),
    });
  });

  it('ends when the server stops, which is no failure of the origin', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();

    const fetched = fetchFeed(undefined, { signal: stop.signal });

    await expect(fetched).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a line that breaks', () => {
  const TEXT = 'abcdefghij';

  /** Sends this much of what is asked for, then is gone; the last answer is whole. */
  function breaking(pieceBytes: number, answers: { etag: string; partial?: boolean; shift?: number }): RequestListener {
    return (request, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(String(request.headers['range']))?.[1] ?? 0);
      const partial = from > 0 && answers.partial !== false;
      const rest = TEXT.slice(partial ? from : 0);
      const begins = from + (answers.shift ?? 0);
      response.writeHead(partial ? 206 : 200, {
        etag: answers.etag,
        'content-length': rest.length,
        ...(partial ? { 'content-range': `bytes ${begins}-${TEXT.length - 1}/${TEXT.length}` } : {}),
      });
      if (rest.length <= pieceBytes) response.end(rest);
      else response.write(rest.slice(0, pieceBytes), () => setTimeout(() => response.destroy(), 20));
    };
  }

  it('is taken up where it broke, as long as it is the same file', async () => {
    answer = breaking(4, { etag: '"1"' });

    expect(await read()).toEqual({ text: TEXT, etag: '"1"' });
    expect(asked.map(({ headers }) => [headers['range'], headers['if-range']])).toEqual([
      [undefined, undefined],
      ['bytes=4-', '"1"'],
      ['bytes=8-', '"1"'],
    ]);
  });

  it.each([
    ['the file is another by now', breaking(4, { etag: '"1"', partial: false })],
    ['its origin begins elsewhere', breaking(4, { etag: '"1"', shift: 1 })],
    ['its tag is a weak one', breaking(4, { etag: 'W/"1"' })],
    ['it breaks again and again', breaking(1, { etag: '"1"' })],
  ])('is given up where %s', async (_, listener) => {
    answer = listener;

    await expect(read()).rejects.toThrow('cannot be reached');
    expect(asked.length).toBeLessThanOrEqual(6);
  });
});
