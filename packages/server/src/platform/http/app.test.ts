import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { createApp } from './app.ts';
import { closeApp, listen } from './listen.ts';

const silent = createLog({ level: 'silent' });
let app: FastifyInstance;
let port: number;
let finish: () => void;

beforeEach(async () => {
  app = createApp({ log: silent, connectionsMax: 3 });
  app.get('/quick', () => 'quick');
  app.get('/slow', async () => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return 'slow';
  });
  port = await listen(app, { host: '127.0.0.1', port: 0 }, 'console');
});
afterEach(() => closeApp(app, 100));

interface Connection {
  readonly socket: Socket;
  readonly received: () => string;
  readonly closed: Promise<void>;
}

async function open(text: string): Promise<Connection> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString('utf8');
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await Promise.race([closed, new Promise<void>((resolve) => socket.once('connect', () => resolve()))]);
  socket.write(text);
  return { socket, received: () => received, closed };
}

const request = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;

describe('closing', () => {
  it('lets a request in flight finish, and takes no other', async () => {
    const slow = await open(request('/slow'));
    await pause(50);

    const start = performance.now();
    const closing = closeApp(app, 5_000);
    await pause(50);
    const refused = await open(request('/quick'));
    await refused.closed;
    finish();
    await Promise.all([closing, slow.closed]);

    expect(slow.received()).toMatch(/^HTTP\/1\.1 200 .*slow/s);
    expect(refused.received()).toBe('');
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('refuses a request on a connection that was open already', async () => {
    const slow = await open(request('/slow'));
    const early = await open('');
    await pause(50);

    const closing = closeApp(app, 5_000);
    await pause(50);
    early.socket.write(request('/quick'));
    await early.closed;
    finish();
    await Promise.all([closing, slow.closed]);

    expect(early.received()).toMatch(/^HTTP\/1\.1 503 .*"code":"shutting-down"/s);
  });

  it('cuts off what does not end in time', async () => {
    const stuck = await open(request('/slow'));
    await pause(50);

    const start = performance.now();
    await closeApp(app, 200);
    await stuck.closed;

    expect(performance.now() - start).toBeLessThan(2_000);
    expect(stuck.received()).toBe('');
  });
});

describe('a listener', () => {
  it('says which setting to change where the port is taken', async () => {
    const second = createApp({ log: silent, connectionsMax: 1 });

    await expect(listen(second, { host: '127.0.0.1', port }, 'console')).rejects.toMatchObject({
      code: 'address-in-use',
      message: `Another program listens on 127.0.0.1:${port}.`,
      whatToDo: expect.stringContaining('console'),
    });
    await second.close();
  });

  it('says so where the address is not of this machine', async () => {
    const second = createApp({ log: silent, connectionsMax: 1 });

    await expect(listen(second, { host: '192.0.2.1', port: 0 }, 'agents')).rejects.toMatchObject({
      code: 'address-not-available',
      whatToDo: expect.stringContaining('agents'),
    });
    await second.close();
  });

  it('takes no more connections than its limit', async () => {
    const open3 = await Promise.all([open(''), open(''), open('')]);
    const fourth = await open(request('/quick'));

    await fourth.closed;

    expect(fourth.received()).toBe('');
    for (const { socket } of open3) socket.destroy();
  });
});

describe('what is no request', () => {
  it.each([
    ['an address with a broken escape', request('/%zz')],
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['headers without an end', `GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`],
  ])('%s is refused in the form of every refusal', async (_case, text) => {
    const { received, closed, socket } = await open(text);
    await pause(50);
    socket.end();
    await closed;

    expect(received()).toMatch(/^HTTP\/1\.1 400 .*"code":"bad-request".*"whatToDo"/s);
  });
});
