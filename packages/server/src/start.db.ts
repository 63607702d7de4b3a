import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROUTES } from '@patchsteward/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ready, serve } from './main.ts';
import { createBareDatabase, describeWithDatabase } from './platform/testing/database.ts';
import { type RunningServer, startServer } from './start.ts';

const password = 'otter carries seven lamps';

describeWithDatabase('the server', () => {
  let directory: string;
  let servers: RunningServer[];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'server-'));
    await chmod(directory, 0o711);
    servers = [];
  });
  afterEach(async () => {
    for (const server of servers) await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  function options(flags: Record<string, string> = {}) {
    return {
      flags: {
        data: join(directory, 'data'),
        console: '127.0.0.1:0',
        agents: '127.0.0.1:0',
        feedsFetch: 'off',
        logLevel: 'silent',
        ...flags,
      },
      environment: {},
      isRoot: false,
      home: directory,
      workingDirectory: directory,
      human: false,
    };
  }
  async function start(flags: Record<string, string> = {}): Promise<RunningServer> {
    const server = await startServer(options(flags));
    servers.push(server);
    return server;
  }
  const read = async (server: RunningServer, path: string, init: RequestInit = {}) => {
    const response = await fetch(server.consoleUrl + path, init);
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };

  it('comes up from nothing, takes its first person, and knows them after the next start', {
    timeout: 120_000,
  }, async () => {
    const first = await start();
    const secret = new URL(first.firstRunUrl ?? '').hash.slice(1);

    expect(JSON.parse((await read(first, '/readyz')).text)).toMatchObject({ status: 'up', checks: { database: 'up' } });
    const made = await read(first, '/api/v1/first-run', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret, login: 'ada', name: 'Ada', password }),
    });
    await first.close();
    const began = performance.now();
    const second = await start();
    const startedMs = performance.now() - began;
    const signedIn = await read(second, '/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'ada', password }),
    });

    expect([made.status, signedIn.status]).toEqual([200, 200]);
    expect(second.firstRunUrl).toBeUndefined();
    expect(startedMs).toBeLessThan(10_000);
  });

  it('answers people, programs, monitors and the local administrator, each at its door', async () => {
    const server = await start();
    const doors = await Promise.all(
      ['/', '/api/v1/assets', '/api/v1/openapi.json', '/metrics', '/healthz', '/agent/v1/ca'].map((path) =>
        read(server, path),
      ),
    );

    expect(doors.map(({ status }) => status)).toEqual([200, 401, 200, 200, 200, 404]);
    expect(doors[3]?.text).toMatch(
      /^patchsteward_http_request_duration_seconds_count\{.*route="asset\.list",status="401"/m,
    );
    expect(doors[3]?.text).toMatch(/^patchsteward_database_connections\{state="idle"\} \d/m);
    expect(await overSocket(server.apiSocket, '/api/v1/assets')).toMatchObject({
      status: 200,
      body: { items: [], total: 0 },
    });
    expect(await overSocket(server.apiSocket, '/api/v1/enrollment-tokens')).toMatchObject({ status: 200 });
  });

  it('has a handler for every route of the contract', async () => {
    const server = await start();
    const unserved: string[] = [];
    for (const { id, method, path } of Object.values(ROUTES)) {
      if (path.startsWith('/agent/')) continue;
      // A route without a handler is not found before anybody asks who calls.
      const { status, text } = await read(server, path.replaceAll(/\{\w+\}/g, 'none'), { method });
      if (status === 404 && JSON.parse(text).error.message.startsWith('Nothing is at')) unserved.push(id);
    }

    expect(unserved).toEqual([]);
  });

  it('has its data for itself', async () => {
    await start();

    await expect(startServer(options())).rejects.toMatchObject({ code: 'data-directory-in-use' });
  });

  it('closes everything again where one step fails', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const bound = taken.address();
    const port = typeof bound === 'object' ? bound?.port : undefined;

    await expect(startServer(options({ console: `127.0.0.1:${port}` }))).rejects.toMatchObject({
      code: 'address-in-use',
    });
    taken.close();
    const server = await start({ console: `127.0.0.1:${port}` });

    expect((await read(server, '/healthz')).status).toBe(200);
  });

  it('says so where the database goes away while it starts', async () => {
    const database = await createBareDatabase();
    const { host, port, user, database: name } = database.address;
    // Cuts every connection when the last thing that a start asks for is on its way.
    const lines: Socket[] = [];
    const door = createServer((client) => {
      const line = connect(join(host, `.s.PGSQL.${port}`));
      lines.push(client, line);
      for (const end of [client, line]) end.on('error', () => undefined);
      client.on('data', (bytes) => {
        if (bytes.includes('"access"."first_run"')) for (const end of lines) end.destroy();
        else line.write(bytes);
      });
      line.on('data', (bytes) => client.write(bytes));
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const bound = door.address();
    const databaseUrl = `postgres://${user}@127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}/${name}`;

    await expect(startServer(options({ databaseUrl }))).rejects.toMatchObject({ code: 'database-unreachable' });
    await new Promise((resolve) => door.close(resolve));
    await database.close();
  });

  it('runs twice on one database elsewhere', async () => {
    const database = await createBareDatabase();
    const { host, user, database: name } = database.address;
    const databaseUrl = `postgres://${user}@localhost/${name}?host=${encodeURIComponent(host)}`;

    const [one, other] = await Promise.all([
      start({ databaseUrl, data: join(directory, 'one') }),
      start({ databaseUrl, data: join(directory, 'other') }),
    ]);

    expect((await read(one, '/readyz')).status).toBe(200);
    expect((await read(other, '/readyz')).status).toBe(200);
    for (const server of servers.splice(0)) await server.close();
    await database.close();
  });

  describe('serving', () => {
    it('goes on until it is told to stop, and then lets go of everything', async () => {
      const stop = new AbortController();
      let ready: Ready | undefined;
      const serving = serve({
        ...options(),
        signal: stop.signal,
        onReady: (told) => {
          ready = told;
          return Promise.resolve();
        },
      });
      while (ready === undefined) await new Promise((resolve) => setTimeout(resolve, 20));

      expect((await fetch(`${ready.console}/healthz`)).status).toBe(200);
      expect(ready).toMatchObject({ data: join(directory, 'data'), firstRun: expect.stringContaining('/first-run#') });
      stop.abort();
      await serving;

      await expect(fetch(`${ready.console}/healthz`)).rejects.toThrow();
      expect((await start()).consoleUrl).toContain('http://127.0.0.1:');
    });

    it('stops at once where it was told so while it started', async () => {
      await serve({ ...options(), signal: AbortSignal.abort(), onReady: () => Promise.resolve() });

      expect((await start()).consoleUrl).toContain('http://127.0.0.1:');
    });
  });
});

function overSocket(socketPath: string, path: string): Promise<{ status: number | undefined; body: unknown }> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }));
    });
    call.on('error', reject);
    call.end();
  });
}
