import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedPool, openPool } from './connections.ts';
import { DatabaseGone } from './database-failure.ts';
import { createLog } from './log.ts';

/** A message of the PostgreSQL protocol: its letter, its length, its content. */
function message(letter: string, content: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

const WELCOME = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));
const LAST_WORDS = message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0'));

describe.each([
  ['and hangs up at once', true],
  ['and hangs up later', false],
])('a database that dies with the words that let a connection in, %s', (_case, isAtOnce) => {
  let server: Server;
  let url = '';

  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      // All in one piece, so that the client parses it in one go.
      socket.once('data', () => {
        socket.write(Buffer.concat([WELCOME, READY, LAST_WORDS]));
        if (isAtOnce) socket.end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `postgres://somebody@127.0.0.1:${(server.address() as AddressInfo).port}/any`;
  });
  afterAll(() => server.close());

  it('fails the query as gone, and not the process', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => {
      unhandled.push(error);
    };
    process.on('uncaughtException', note);
    const pool = openPool({ url }, createLog({ level: 'silent', human: false }));

    const client = await guardedPool(pool).connect();
    const outcome = await client.query('select 1', []).catch((error: unknown) => error);
    client.release();
    await pool.end();
    process.off('uncaughtException', note);

    expect(outcome).toBeInstanceOf(DatabaseGone);
    expect(unhandled).toEqual([]);
  });
});
