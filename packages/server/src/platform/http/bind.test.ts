import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { SECTION_BYTES_MAX, SMALL_BODY_BYTES_MAX } from '@patchsteward/contract';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp } from '../testing/app.ts';
import { Refusal } from './refusal.ts';

const id = '01890000-0000-7000-8000-0000000000aa';
const hash = `sha256:${'0'.repeat(64)}`;
const section = `/agent/v1/sections/packages/${hash}`;

let app: FastifyInstance;
let received: unknown;

beforeAll(async () => {
  app = await createTestApp({
    'session.sign-in': ({ body }) => {
      received = body;
      const answer = { person: null, firstRun: false, serverVersion: '0', secret: 'stays here' };
      return Promise.resolve(answer);
    },
    'asset.list': ({ query }) => {
      received = query;
      return Promise.resolve({ items: [], next: null, total: 0 });
    },
    'asset.show': ({ params }) => Promise.reject(new Refusal('not-found', `There is no asset ${params.id}.`)),
    'feed.list': () => Promise.reject(new Error('a bug')),
    'agent.section': async ({ body }) => {
      received = (await body.all()).length;
      return { stored: true };
    },
    'campaign.document': async () => ({ bytes: Buffer.from('{}'), mediaType: 'application/x', fileName: 'a.json' }),
    'campaign.report-page': async ({ setHeader }) => {
      setHeader('content-security-policy', 'sandbox');
      return { bytes: Buffer.from('<p>'), mediaType: 'text/html', inline: true };
    },
    // @ts-expect-error The compiler refuses an answer that breaks the contract; so does the border.
    'health.live': () => Promise.resolve({ status: 'fine' }),
  });
});
afterAll(() => app.close());

async function call(options: InjectOptions) {
  received = undefined;
  const response = await app.inject(options);
  return { status: response.statusCode, body: response.json(), headers: response.headers };
}

const json = { 'content-type': 'application/json' };
const credentials = { login: 'ada', password: 'correct horse battery staple' };

describe('a bound route', () => {
  it('gives the handler the checked body, and the caller what the contract names', async () => {
    const answer = await call({ method: 'POST', url: '/api/v1/session', headers: json, payload: credentials });

    expect(received).toEqual(credentials);
    expect(answer).toMatchObject({ status: 200, body: { person: null, firstRun: false, serverVersion: '0' } });
    expect(answer.body).not.toHaveProperty('secret');
  });

  it('fills in defaults of the query', async () => {
    await call({ method: 'GET', url: '/api/v1/assets?search=web' });

    expect(received).toEqual({ limit: 100, search: 'web', skip: 0, sort: 'name' });
  });

  it('unpacks a gzip body', async () => {
    const headers = { ...json, 'content-encoding': 'gzip' };
    const payload = gzipSync(JSON.stringify(credentials));

    const answer = await call({ method: 'POST', url: '/api/v1/session', headers, payload });

    expect([answer.status, received]).toEqual([200, credentials]);
  });

  it.each([
    [`campaigns/${id}/documents/${hash}`, 'attachment; filename="a.json"', undefined],
    [`campaigns/${id}/report.html`, 'inline', 'sandbox'],
  ])('gives %s as %s', async (path, disposition, policy) => {
    const { headers } = await app.inject({ method: 'GET', url: `/api/v1/${path}` });

    expect(headers['content-disposition']).toBe(disposition);
    expect(headers['content-security-policy']).toBe(policy);
  });

  it('hands over bytes as they are', async () => {
    await call({
      method: 'PUT',
      url: section,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.alloc(70_000),
    });

    expect(received).toBe(70_000);
  });
});

const deep = `${'['.repeat(65)}${']'.repeat(65)}`;
const polluting = '{"login":"ada","password":"x","__proto__":{"admin":true}}';
const escaped = '{"login":"ada","password":"x","\\u005f_proto__":{"admin":true}}';
const viaConstructor = '{"login":"ada","password":"x","constructor":{"prototype":{}}}';
const bomb = gzipSync(`"${'a'.repeat(SMALL_BODY_BYTES_MAX * 50)}"`);

describe('a bound route refuses', () => {
  it.each([
    ['a body that is no JSON', 'body-not-json', 400, '{', json],
    ['a body that is no UTF-8', 'body-not-json', 400, Buffer.from([0x22, 0xff, 0x22]), json],
    ['a body that does not say it is JSON', 'body-not-json', 400, '{}', { 'content-type': 'text/plain' }],
    ['no body', 'body-not-json', 400, undefined, {}],
    ['a deeply nested body', 'body-too-deep', 400, deep, json],
    ['a body that does not fit', 'bad-request', 400, '{"login":1}', json],
    ['__proto__', 'bad-request', 400, polluting, json],
    ['__proto__ in escapes', 'bad-request', 400, escaped, json],
    ['constructor.prototype', 'bad-request', 400, viaConstructor, json],
    ['an oversized body', 'too-large', 413, Buffer.alloc(SMALL_BODY_BYTES_MAX + 1), json],
    ['a small gzip of a large body', 'too-large', 413, bomb, { ...json, 'content-encoding': 'gzip' }],
    ['a gzip that is none', 'bad-request', 400, Buffer.from('plain'), { ...json, 'content-encoding': 'gzip' }],
    ['an unknown encoding', 'bad-request', 400, '{}', { ...json, 'content-encoding': 'br' }],
  ])('%s with %s', async (_case, code, status, payload, headers) => {
    const answer = await call({
      method: 'POST',
      url: '/api/v1/session',
      headers,
      ...(payload === undefined ? {} : { payload }),
    });

    expect(answer).toMatchObject({
      status,
      body: { error: { code, whatToDo: expect.any(String), requestId: expect.any(String) } },
    });
    expect(received).toBeUndefined();
  });

  it('a body of unknown length beyond the limit', async () => {
    const answer = await call({
      method: 'PUT',
      url: section,
      headers: { 'content-encoding': 'gzip', 'content-type': 'application/octet-stream' },
      payload: gzipSync(Buffer.alloc(SECTION_BYTES_MAX + 1)),
    });

    expect(answer).toMatchObject({ status: 413, body: { error: { code: 'too-large' } } });
  });

  it.each([
    ['/api/v1/assets/none', 'bad-request', 'params.id'],
    ['/api/v1/assets?limit=501', 'bad-request', 'query.limit'],
  ])('%s with %s and names %s', async (url, code, path) => {
    const answer = await call({ method: 'GET', url });

    expect(answer.body.error).toMatchObject({ code, details: [{ path }] });
  });

  it.each([
    ['GET', `/api/v1/assets/${id}`, 404, 'not-found'],
    ['GET', '/api/v1/nothing', 404, 'not-found'],
    ['GET', '/api/v1/feeds', 500, 'internal'],
    ['GET', '/healthz', 500, 'internal'],
  ] as const)('%s %s with %i %s', async (method, url, status, code) => {
    const answer = await call({ method, url });

    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect(JSON.stringify(answer.body)).not.toContain('a bug');
  });
});

describe('over a socket', () => {
  it('a sender of too much hears the refusal before the connection ends', async () => {
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    const size = SMALL_BODY_BYTES_MAX * 20;

    socket.write(
      `POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${size}\r\n\r\n`,
    );
    for (let sent = 0; sent < size; sent += SMALL_BODY_BYTES_MAX) socket.write(Buffer.alloc(SMALL_BODY_BYTES_MAX));
    const [answer] = await once(socket, 'data');
    socket.destroy();

    expect(String(answer)).toMatch(/^HTTP\/1.1 413 .*"code":"too-large"/s);
  });
});
