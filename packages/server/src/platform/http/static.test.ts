import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { createApp } from './app.ts';
import { serveConsole } from './static.ts';

let directory: string;
let app: FastifyInstance;
let port: number;

async function appFor(path: string): Promise<FastifyInstance> {
  const made = createApp({ log: createLog({ level: 'silent' }), connectionsMax: 10 });
  await serveConsole(made, path);
  return made;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'console-'));
  await mkdir(join(directory, 'dist/static'), { recursive: true });
  await writeFile(join(directory, 'secret.txt'), 'secret');
  await writeFile(join(directory, 'dist/index.html'), '<title>entry</title>');
  await writeFile(join(directory, 'dist/static/app-1a2b.js'), 'run()');
  await symlink(join(directory, 'secret.txt'), join(directory, 'dist/link.txt'));
  app = await appFor(join(directory, 'dist'));
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(async () => {
  await app.close();
  await rm(directory, { recursive: true });
});

/** Past every client that would tidy the path up. */
function raw(target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
    );
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('the console', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'no-cache', 'entry'],
    ['/findings/CVE-2026-1234', 'text/html; charset=utf-8', 'no-cache', 'entry'],
    ['/assets', 'text/html; charset=utf-8', 'no-cache', 'entry'],
    ['/static/app-1a2b.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'run()'],
  ])('serves %s', async (url, type, caching, content) => {
    const { statusCode, headers, body } = await app.inject({ url });

    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, type, caching]);
    expect(body).toContain(content);
    expect(headers['content-length']).toBe(String(body.length));
  });

  it('answers HEAD with the size, and a known tag with nothing', async () => {
    const head = await app.inject({ method: 'HEAD', url: '/static/app-1a2b.js' });
    const again = await app.inject({
      url: '/static/app-1a2b.js',
      headers: { 'if-none-match': String(head.headers.etag) },
    });

    expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, '5', '']);
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it.each(['/api/v1/none', '/api', '/agent/v1/none', '/static/app-9z9z.js'])('is not at %s', async (url) => {
    const { statusCode, json } = await app.inject({ url });

    expect([statusCode, json().error.code]).toEqual([404, 'not-found']);
  });

  it('is not for other methods', async () => {
    expect((await app.inject({ method: 'POST', url: '/' })).statusCode).toBe(404);
  });

  it('tells how to build it where it is not built', async () => {
    const unbuilt = await appFor(join(directory, 'none'));

    const { statusCode, body } = await unbuilt.inject({ url: '/' });

    expect([statusCode, body.includes('npm run build')]).toEqual([200, true]);
  });
});

describe('no other file is served', () => {
  it.each([
    '/../secret.txt',
    '/static/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/static/..%2f..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '//secret.txt',
    '/link.txt',
    '/secret.txt%00.js',
    '/....//secret.txt',
  ])('%s', async (target) => {
    const answer = await raw(target);

    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404) /);
    expect(answer).not.toContain('secret\r\n');
    expect(answer.endsWith('secret')).toBe(false);
  });

  it('a broken escape is refused', async () => {
    expect(await raw('/%zz')).toMatch(/^HTTP\/1\.1 400 .*"code":"bad-request"/s);
  });
});
