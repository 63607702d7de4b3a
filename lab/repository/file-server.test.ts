import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Controlled } from './control-server.ts';
import { handleFile } from './file-server.ts';

const content = Buffer.alloc(1_000, 'abcdefghij');
const controlled: Controlled = { faults: [], requests: [] };
let root = '';
let server: Server;
let url = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'patchsteward-repository-'));
  await writeFile(join(root, 'one.deb'), content);
  server = createServer((request, response) => void handleFile([root], controlled, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(root, { recursive: true });
});

beforeEach(() => {
  controlled.faults = [];
  controlled.requests.length = 0;
});

async function bytesOf(path: string, headers: Record<string, string> = {}): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${url}${path}`, { headers })).arrayBuffer());
}

it('a file comes whole, or the part that is missing', async () => {
  expect((await bytesOf('/one.deb')).equals(content)).toBe(true);
  expect((await bytesOf('/one.deb', { range: 'bytes=990-' })).toString()).toBe('abcdefghij');
});

it.each(['/two.deb', '/', '/one.deb/x', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd'])(
  '%s is not found',
  async (path) => {
    expect((await fetch(`${url}${path}`)).status).toBe(404);
  },
);

it.each([
  ['not-found', 404],
  ['server-error', 500],
] as const)('%s', async (mode, status) => {
  controlled.faults = [{ match: String.raw`\.deb$`, mode }];

  expect((await fetch(`${url}/one.deb`)).status).toBe(status);
  expect(controlled.requests).toMatchObject([{ path: '/one.deb', status, fault: mode }]);
});

it('corrupt: the length is right, one byte is not', async () => {
  controlled.faults = [{ match: '', mode: 'corrupt' }];

  const bytes = await bytesOf('/one.deb');

  expect(bytes.filter((byte, index) => byte !== content[index])).toHaveLength(1);
  expect(bytes).toHaveLength(content.length);
});

it('truncated: the line breaks in the middle', async () => {
  controlled.faults = [{ match: '', mode: 'truncated' }];

  await expect(bytesOf('/one.deb')).rejects.toThrow();
});

it('hang: nobody answers', async () => {
  controlled.faults = [{ match: '', mode: 'hang' }];

  await expect(fetch(`${url}/one.deb`, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
  expect(controlled.requests).toMatchObject([{ path: '/one.deb', status: 0 }]);
});

it('slow: whole, in parts', async () => {
  controlled.faults = [{ match: '', mode: 'slow', bytesPerSecond: 4_000 }];

  expect((await bytesOf('/one.deb')).equals(content)).toBe(true);
});
