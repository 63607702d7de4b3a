import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ROUTES, type Route, Session } from '@patchsteward/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLog } from '../log.ts';
import { createApp } from './app.ts';
import { compressAnswers, compressFile, encodingFor, isWorthCompressing } from './compression.ts';

describe('the encoding of an answer', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['deflate', undefined],
  ])('for %j is %s', (accepted, encoding) => {
    expect(encodingFor(accepted)).toBe(encoding);
  });

  it.each([
    ['application/json; charset=utf-8', 2_000, true],
    ['application/json; charset=utf-8', 200, false],
    ['text/javascript; charset=utf-8', 2_000, true],
    ['image/svg+xml', 2_000, true],
    ['text/event-stream; charset=utf-8', 200_000, false],
    ['font/woff2', 200_000, false],
    ['application/octet-stream', 200_000, false],
  ])('%s of %d bytes: %s', (mediaType, bytes, worth) => {
    expect(isWorthCompressing(mediaType, bytes)).toBe(worth);
  });
});

describe('answers', () => {
  const LONG = JSON.stringify({ items: Array.from({ length: 200 }, (_, place) => ({ place, name: `host-${place}` })) });
  let app: FastifyInstance;
  beforeAll(async () => {
    app = createApp({ log: createLog({ level: 'silent' }), connectionsMax: 10 });
    compressAnswers(app);
    const json = 'application/json; charset=utf-8';
    app.get('/long', (_request, reply) => reply.type(json).send(LONG));
    app.get('/short', (_request, reply) => reply.type(json).send('{"items":[]}'));
    app.get('/secret', { config: { secret: true } }, (_request, reply) => reply.type(json).send(LONG));
    app.get('/bytes', (_request, reply) => reply.type('application/octet-stream').send(Buffer.from(LONG)));
    await app.ready();
  });
  afterAll(() => app.close());

  const asked = (url: string, accepted: string) => app.inject({ url, headers: { 'accept-encoding': accepted } });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('come in %s and are the same', async (encoding, open) => {
    const answer = await asked('/long', encoding);

    expect(answer.headers).toMatchObject({ 'content-encoding': encoding, vary: 'accept-encoding' });
    expect(answer.rawPayload.length).toBeLessThan(LONG.length / 3);
    expect(open(answer.rawPayload).toString('utf8')).toBe(LONG);
    expect(answer.headers['content-length']).toBe(String(answer.rawPayload.length));
  });

  it.each([
    ['to whoever takes nothing', '/long', 'identity'],
    ['where they are short', '/short', 'br'],
    ['where they show a secret', '/secret', 'br'],
    ['where they are files', '/bytes', 'br'],
    ['where nothing is', '/nowhere', 'br'],
  ])('come as they are %s', async (_, url, accepted) => {
    const answer = await asked(url, accepted);

    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(() => JSON.parse(answer.body)).not.toThrow();
  });
});

it('compresses a file as well as it can', async () => {
  const text = 'the same words again and again. '.repeat(500);
  const [brotli, gzip] = await Promise.all([
    compressFile(Buffer.from(text), 'br'),
    compressFile(Buffer.from(text), 'gzip'),
  ]);

  expect(brotliDecompressSync(brotli).toString()).toBe(text);
  expect(gunzipSync(gzip).toString()).toBe(text);
});

it('knows every route whose answer shows a secret', () => {
  const routes: readonly Route[] = Object.values(ROUTES);
  const showing = routes.filter(({ answer }) => {
    // The passwords of a demo are as invented as its people.
    if (answer === 'bytes' || answer === 'events' || answer === Session) return false;
    const schema = JSON.stringify(z.toJSONSchema(answer, { io: 'output', unrepresentable: 'any' }));
    return /"(?:secret|token|password|link)":\{/.test(schema);
  });

  expect(showing.map(({ id }) => id).sort()).toEqual(
    routes
      .filter(({ secret }) => secret === true)
      .map(({ id }) => id)
      .sort(),
  );
});
