import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLoopbackUrl, probe } from './probe.ts';

let server: Server;
let port = 0;

beforeEach(async () => {
  server = createServer((request, response) => {
    response.writeHead(request.url === '/good' ? 204 : 500).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

test('names what does not answer, and nothing else', async () => {
  const good = `http://127.0.0.1:${port}/good`;
  const bad = `http://127.0.0.1:${port}/bad`;

  expect(await probe({ ports: [port, 1], urls: [good, bad, 'http://127.0.0.1:1/'] }, '/proc')).toEqual([
    'port-closed:1',
    `url-failed:${bad}`,
    'url-failed:http://127.0.0.1:1/',
  ]);
});

test.each([
  ['http://127.0.0.1:80/health', true],
  ['http://[::1]:80/', true],
  ['http://localhost/', false],
  ['https://127.0.0.1/', false],
  ['http://127.0.0.1@example.org/', false],
  ['http://user@127.0.0.1/', false],
  ['http://169.254.169.254/', false],
  ['file:///etc/shadow', false],
  ['', false],
])('%s leads to this host itself: %s', (url, expected) => {
  expect(isLoopbackUrl(url)).toBe(expected);
});
