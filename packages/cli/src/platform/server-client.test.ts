import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeRefusal, FakeServer } from './testing/fake-server.ts';
import { run } from './testing/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'server-client-'));
let fake: FakeServer;
beforeAll(async () => {
  fake = await FakeServer.start();
});
beforeEach(() => {
  fake.calls.length = 0;
  fake.answers = { 'feed.list': () => ({ items: [], countingSince: null }) };
});
afterAll(async () => {
  await fake.close();
  rmSync(folder, { recursive: true });
});

const ASK = ['feeds', 'status', '--json'];

/** The answer of one request to whatever listens there. */
async function asked(argv: readonly string[], environment: Record<string, string> = {}) {
  const { code, stdout, stderr } = await run([...ASK, ...argv], { environment });
  return { code, stdout, complaint: stderr.replaceAll(folder, '').replaceAll(fake.data, '') };
}

const ANSWERED = { code: 0, stdout: '{\n  "items": [],\n  "countingSince": null\n}\n', complaint: '' };

describe('the server of this machine', () => {
  it.each([
    ['a flag', () => asked(['--data', fake.data])],
    ['a variable', () => asked([], { PATCHSTEWARD_DATA: fake.data })],
    [
      'a flag rather than the variables',
      () => asked(['--data', fake.data], { PATCHSTEWARD_DATA: '/x', PATCHSTEWARD_URL: 'x' }),
    ],
    ['a variable beside empty ones', () => asked([], { PATCHSTEWARD_URL: '', PATCHSTEWARD_DATA: fake.data })],
  ])('is found by %s, without any token', async (_, ask) => {
    expect(await ask()).toEqual(ANSWERED);
    expect(fake.calls).toMatchObject([{ id: 'feed.list', authorization: undefined }]);
  });

  const START = 'start it with "npm start" or "patchsteward serve", or name another with --data or --server\n';

  it('that does not run is missed in one line', async () => {
    expect(await asked(['--data', join(folder, 'nothing')])).toEqual({
      code: 1,
      stdout: '',
      complaint: `patchsteward: no server runs here: nothing answers at /nothing/api.sock; ${START}`,
    });
  });

  it('that was killed leaves its socket behind', async () => {
    mkdirSync(join(folder, 'dead'));
    writeFileSync(join(folder, 'dead/api.sock'), '');

    const { code, complaint } = await asked(['--data', join(folder, 'dead')]);

    expect([code, complaint]).toEqual([
      1,
      `patchsteward: no server runs here: nothing answers at /dead/api.sock; ${START}`,
    ]);
  });

  it('whose path is too long for a socket is reached by its address', async () => {
    const { code, complaint } = await asked(['--data', join(folder, 'x'.repeat(120))]);

    expect([code, complaint]).toEqual([1, expect.stringMatching(/too long .*--server/)]);
  });
});

describe('a server elsewhere', () => {
  const url = () => `http://127.0.0.1:${fake.port}`;

  it.each([
    ['a flag', () => asked(['--server', url()], { PATCHSTEWARD_TOKEN: 'pst_1' })],
    ['a variable', () => asked([], { PATCHSTEWARD_URL: `${url()}/`, PATCHSTEWARD_TOKEN: 'pst_1' })],
  ])('is found by %s and shown the token', async (_, ask) => {
    expect(await ask()).toEqual(ANSWERED);
    expect(fake.calls).toMatchObject([{ authorization: 'Bearer pst_1' }]);
  });

  it('that wants a token says how to get one', async () => {
    fake.answers = {
      'feed.list': () => {
        throw new FakeRefusal('not-signed-in', 'This needs a signed-in person.');
      },
    };

    const { code, complaint } = await asked(['--server', url()]);
    const wrong = await asked(['--server', url()], { PATCHSTEWARD_TOKEN: 'pst_wrong' });

    expect([code, complaint]).toEqual([
      1,
      `patchsteward: ${url()}/ wants an API token; let an administrator make one (patchsteward person add … --api-token) and set PATCHSTEWARD_TOKEN to it\n`,
    ]);
    expect(wrong.complaint).toBe('patchsteward: This needs a signed-in person; sign in, or send an API token\n');
  });

  it('is warned of when the token would travel in the clear', async () => {
    const { code, complaint } = await asked(['--server', `http://0.0.0.0:${fake.port}`], {
      PATCHSTEWARD_TOKEN: 'pst_1',
    });

    expect([code, complaint]).toEqual([
      0,
      'patchsteward: the API token travels unencrypted to this server; use https\n',
    ]);
  });

  it.each([
    ['no address', ['--server', 'patch.example.org'], 'patch.example.org is no address of a server'],
    ['another protocol', ['--server', 'ftp://patch.example.org'], 'is no address of a server'],
    ['two servers', ['--server', 'https://x', '--data', '/y'], 'cannot be used with option'],
  ])('is wrong usage: %s', async (_, argv, expected) => {
    const { code, complaint } = await asked(argv);

    expect([code, complaint]).toEqual([2, expect.stringContaining(expected)]);
  });
});

describe('something else at this address', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  /** A server that says these bytes to everybody and hangs up. */
  async function saying(bytes: string): Promise<string> {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(bytes));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  it.each([
    [
      'a page',
      'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<html>',
      'the answer (HTTP 200) does not come from a Patchsteward',
    ],
    ['a proxy', 'HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n', 'the answer (HTTP 502) does not come from'],
    ['one that hangs up', '', 'no server answers at http://127.0.0.1'],
  ])('%s', async (_, bytes, expected) => {
    const { code, complaint } = await asked(['--server', await saying(bytes)]);

    expect(code).toBe(1);
    expect(complaint).toContain(expected);
    expect(complaint).toContain('; check the address');
  });

  it('nothing', async () => {
    const url = await saying('');
    await new Promise((resolve) => servers.at(-1)?.close(resolve));

    expect(await asked(['--server', url])).toEqual({
      code: 1,
      stdout: '',
      complaint: `patchsteward: no server answers at ${url}/: the connection is refused; check the address and the network\n`,
    });
  });
});

describe('a refusal', () => {
  it.each([
    [
      'says what to do',
      new FakeRefusal('not-allowed', 'This needs a role.'),
      'This needs a role; ask a person who has',
    ],
    [
      'names the fields',
      new FakeRefusal('bad-request', 'The query does not fit.', [{ path: 'query.limit', problem: 'too big' }]),
      'The query does not fit; query.limit: too big; correct the fields',
    ],
    [
      'names the request',
      new FakeRefusal('internal', 'The server failed.'),
      /The server failed \(request [0-9a-f-]{36}\); report/,
    ],
  ])('%s', async (_, refusal, expected) => {
    fake.answers = {
      'feed.list': () => {
        throw refusal;
      },
    };

    const { code, complaint, stdout } = await asked(['--data', fake.data]);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(complaint).toMatch(expected);
  });
});
