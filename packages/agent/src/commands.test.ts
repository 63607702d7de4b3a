import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorCode } from '@patchsteward/contract';
import { SECTION_NAMES } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTestCa } from './agentd/testing/test-ca.ts';
import { type Fault, TestServer } from './agentd/testing/test-server.ts';
import { type TestSurroundings, testSurroundings } from './agentd/testing/test-surroundings.ts';
import { enroll, inventory, leave, run, status } from './commands.ts';
import { type FakeHost, makeFakeHost, statusOf } from './host/testing/fake-host.ts';

const ca = await makeTestCa();
const CHECK_IN = 'POST /agent/v1/check-in';

let server: TestServer;
let host: FakeHost;
let stateDirectory = '';
let surroundings: TestSurroundings;

beforeEach(async () => {
  server = await TestServer.start(ca);
  host = await makeFakeHost();
  stateDirectory = await mkdtemp(join(tmpdir(), 'patchsteward-agent-'));
  surroundings = testSurroundings();
});

afterEach(async () => {
  await server.stop();
  await host.remove();
  await rm(stateDirectory, { recursive: true, force: true });
});

async function enrolled(): Promise<void> {
  await enroll({ server: server.address, token: server.token, stateDirectory, host, surroundings });
  server.calls.length = 0;
}

function runOnce(): ReturnType<typeof run> {
  return run({ once: true, stateDirectory, host, surroundings });
}

/** Runs until so many check-ins arrived, then tells it to stop. */
async function runUntil(checkIns: number): Promise<string> {
  const stop = new AbortController();
  const wait = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
    if (server.calls.filter((call) => call === CHECK_IN).length >= checkIns) stop.abort();
    await surroundings.wait(ms, signal);
  };
  return run({ once: false, stateDirectory, host, signal: stop.signal, surroundings: { ...surroundings, wait } });
}

describe('the first check-in', () => {
  test('sends all sections, and is accepted after that', async () => {
    await enrolled();

    expect(await runOnce()).toBe('done');
    expect(server.calls).toEqual([
      CHECK_IN,
      ...SECTION_NAMES.map((name) => expect.stringContaining(`PUT /agent/v1/sections/${name}/sha256:`)),
      CHECK_IN,
    ]);
    expect(server.checkIns[0]).toMatchObject({ bootId: '11111111-2222-4333-8444-555555555555', agentVersion: '0.1.0' });
    expect([...server.stored.values()]).toContainEqual(expect.objectContaining({ hostname: 'testhost' }));
  });

  test('an unchanged host sends hashes only, in one exchange', async () => {
    await enrolled();
    await runOnce();
    server.calls.length = 0;

    expect(await runOnce()).toBe('done');
    expect(server.calls).toEqual([CHECK_IN]);
  });

  test('a changed host sends only what changed', async () => {
    await enrolled();
    await runOnce();
    server.calls.length = 0;
    await host.write('/run/reboot-required', '');

    expect(await runOnce()).toBe('done');
    expect(server.calls).toEqual([CHECK_IN, expect.stringContaining('PUT /agent/v1/sections/system/'), CHECK_IN]);
  });

  test('a server that lost its sections is sent them again', async () => {
    await enrolled();
    await runOnce();
    server.stored.clear();

    expect(await runOnce()).toBe('done');
    expect(server.stored.size).toBe(4);
  });
});

describe('a failed check-in', () => {
  test.each<[string, Fault, string]>([
    ['the answer is lost', 'answer-lost', 'ECONNRESET'],
    ['the answer is cut', 'answer-truncated', 'ECONNRESET'],
    ['the answer is no JSON', 'answer-not-json', 'answer-not-json'],
    ['the answer has no end', 'answer-endless', 'answer-too-large'],
    ['the answer means nothing', 'answer-strange', 'answer-not-understood'],
    ['the server fails', { refuse: 'internal' }, 'internal'],
    ['the database is gone', { refuse: 'database-gone' }, 'database-gone'],
    ['the server is full', { refuse: 'disk-full' }, 'disk-full'],
    ['too many ask at once', { refuse: 'rate-limited' }, 'rate-limited'],
    ['a section arrived broken', { refuse: 'section-hash-mismatch' }, 'section-hash-mismatch'],
    ['a section is not taken', { refuse: 'section-invalid' }, 'section-invalid'],
    ['a section is too large', { refuse: 'too-large' }, 'too-large'],
  ])('%s: said, remembered, and exit 1 with --once', async (_, fault, code) => {
    await enrolled();
    server.faults.push(fault);

    expect(await runOnce()).toBe('failed');
    expect(surroundings.events).toContainEqual(
      expect.objectContaining({ event: 'check-in-failed', fields: expect.objectContaining({ code }) }),
    );
    expect((await status({ stateDirectory })).lastContact).toMatchObject({ accepted: false });
  });

  test('is tried again, later and later, until it is accepted', async () => {
    await enrolled();
    server.faults.push('answer-lost', { refuse: 'internal' }, 'answer-truncated');

    expect(await runUntil(5)).toBe('stopped');
    expect(surroundings.waits).toEqual([3_750, 7_500, 15_000, 60_000]);
    expect((await status({ stateDirectory })).lastContact).toMatchObject({ accepted: true, problem: null });
  });

  test('acceptance is said first, after a failure and when something was sent, not every minute', async () => {
    await enrolled();
    server.faults.push(null, null, null, null, null, null, null, 'answer-lost');

    expect(await runUntil(6)).toBe('stopped');
    const said = surroundings.events.map(({ event }) => event);
    expect(said.filter((event) => event !== 'waiting')).toEqual([
      'agent-started',
      'check-in-accepted',
      'check-in-failed',
      'check-in-accepted',
      'agent-ended',
    ]);
  });

  test('a lost acknowledgment costs one exchange more and nothing else', async () => {
    await enrolled();
    await runOnce();
    server.faults.push('answer-lost');
    server.calls.length = 0;

    expect(await runUntil(2)).toBe('stopped');
    expect(server.calls).toEqual([CHECK_IN, CHECK_IN]);
  });

  test('a server that is away is waited for', async () => {
    await enrolled();
    await server.stop();

    expect(await runOnce()).toBe('failed');
    expect(surroundings.events).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ code: 'ECONNREFUSED' }) }),
    );
    server = await TestServer.start(ca);
  });

  test('another server at the address is not spoken to', async () => {
    await enrolled();
    const identity: unknown = JSON.parse(await readFile(join(stateDirectory, 'identity.json'), 'utf8'));
    const other = await TestServer.start(await makeTestCa());
    const [address = '', port = ''] = other.address.split(':');
    const moved = { ...(identity as object), server: { host: address, port: Number(port) } };
    await writeFile(join(stateDirectory, 'identity.json'), JSON.stringify(moved));

    expect(await runOnce()).toBe('failed');
    expect(other.calls).toEqual([]);
    await other.stop();
  });

  test('what cannot be kept does not stop the check-in', async () => {
    await enrolled();
    // A folder where a file belongs: every write to it fails, for root too.
    await mkdir(join(stateDirectory, 'contact.json/x'), { recursive: true });

    expect(await runOnce()).toBe('done');
    expect(surroundings.events).toContainEqual(expect.objectContaining({ event: 'not-kept', level: 'warning' }));
  });
});

test.each<ErrorCode>(['agent-unknown', 'agent-revoked'])('%s ends the run with a clear line', async (code) => {
  await enrolled();
  server.faults.push({ refuse: code });

  expect(await run({ once: false, stateDirectory, host, surroundings })).toBe('refused');
  expect(surroundings.events).toContainEqual({
    level: 'error',
    event: 'agent-not-wanted',
    fields: { code, problem: `refused: ${code}`, whatToDo: expect.any(String), requestId: 'request-1' },
  });
});

describe('the certificate', () => {
  const HOUR_MS = 3_600_000;

  test('is renewed after two thirds of its life, before the check-in', async () => {
    const now = Date.now();
    server.life = { from: now - 7 * HOUR_MS, until: now + 3 * HOUR_MS };
    await enrolled();
    server.life = { from: now, until: now + 10 * HOUR_MS };

    expect(await runOnce()).toBe('done');
    expect(server.calls.slice(0, 2)).toEqual(['POST /agent/v1/renew', CHECK_IN]);

    server.calls.length = 0;
    await runOnce();
    expect(server.calls).toEqual([CHECK_IN]);
    // A certificate has whole seconds.
    const validUntil = (await status({ stateDirectory })).enrolled?.certificateValidUntil ?? 0;
    expect(Math.abs(validUntil - (now + 10 * HOUR_MS))).toBeLessThan(1_000);
  });

  test('that cannot be renewed yet serves on', async () => {
    const now = Date.now();
    server.life = { from: now - 7 * HOUR_MS, until: now + 3 * HOUR_MS };
    await enrolled();
    server.faults.push({ refuse: 'internal' });

    expect(await runOnce()).toBe('done');
    expect(surroundings.events).toContainEqual(expect.objectContaining({ event: 'renewal-failed' }));
  });

  test('that has expired, after a long time away, is renewed by the key it was for', async () => {
    const now = Date.now();
    server.life = { from: now - 9 * HOUR_MS, until: now - HOUR_MS };
    await enrolled();
    server.life = { from: now, until: now + 10 * HOUR_MS };

    expect(await runOnce()).toBe('done');
  });

  test('that is valid by our clock and expired by the server’s is renewed too', async () => {
    const now = Date.now();
    server.life = { from: now - HOUR_MS, until: now + 10 * HOUR_MS };
    await enrolled();
    server.life = { from: now, until: now + 20 * HOUR_MS };
    server.now = () => now + 11 * HOUR_MS;

    expect(await runOnce()).toBe('done');
    expect(server.calls.slice(0, 3)).toEqual([CHECK_IN, 'POST /agent/v1/renew', CHECK_IN]);
  });
});

describe('stopping', () => {
  test('while waiting', async () => {
    await enrolled();

    expect(await runUntil(1)).toBe('stopped');
  });

  test('while the server does not answer', async () => {
    await enrolled();
    const stop = new AbortController();
    server.onCall = () => {
      stop.abort();
      return new Promise(() => {});
    };

    expect(await run({ once: false, stateDirectory, host, surroundings, signal: stop.signal })).toBe('stopped');
  });
});

test('a second agent with the same state directory says so and leaves the first alone', async () => {
  await enrolled();
  const stop = new AbortController();
  const seen: unknown[] = [];
  const wait = async (_: number, signal: AbortSignal | undefined): Promise<void> => {
    seen.push(await runOnce().catch((error: unknown) => error), (await status({ stateDirectory })).running);
    stop.abort();
    signal?.throwIfAborted();
  };

  const first = run({
    once: false,
    stateDirectory,
    host,
    signal: stop.signal,
    surroundings: { ...surroundings, wait },
  });

  expect(await first).toBe('stopped');
  expect(seen).toEqual([expect.objectContaining({ code: 'state-locked' }), true]);
});

describe('what is said of an agent', () => {
  test('that was never enrolled', async () => {
    const none = join(stateDirectory, 'none');

    expect(await status({ stateDirectory: none })).toEqual({
      stateDirectory: none,
      running: false,
      enrolled: null,
      lastContact: null,
      runner: null,
    });
    await expect(stat(none)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(runOnce()).rejects.toMatchObject({ code: 'not-enrolled' });
  });

  test('that is enrolled and was accepted', async () => {
    await enrolled();
    await runOnce();

    expect(await status({ stateDirectory })).toEqual({
      stateDirectory,
      running: false,
      enrolled: {
        assetId: '01990000-0000-7000-8000-000000000001',
        server: server.address,
        certificateValidUntil: expect.any(Number),
      },
      lastContact: { at: expect.any(Number), accepted: true, problem: null },
      runner: null,
    });
  });

  test('that left: nothing, and it may come back with a new key', async () => {
    await enrolled();

    await leave({ stateDirectory });

    expect((await status({ stateDirectory })).enrolled).toBeNull();
    server.keys.clear();
    await enrolled();
    expect(await runOnce()).toBe('done');
  });
});

test.each([
  ['an address that is none', { server: 'https://x' }, 'server-wrong'],
  ['a token that is not whole', { token: 'ps1.abc' }, 'token-wrong'],
])('%s is said before anything is asked', async (_, wrong, code) => {
  const options = { server: server.address, token: server.token, stateDirectory, host, surroundings, ...wrong };

  await expect(enroll(options)).rejects.toMatchObject({ code });
  expect(server.calls).toEqual([]);
});

test('the inventory needs no server', async () => {
  await host.write('/var/lib/dpkg/status', statusOf('dpkg', '1.21.22', 'Source: dpkg-src\n'));

  const sections = await inventory({ host });

  expect(sections.packages).toMatchObject({
    release: { id: 'debian' },
    packages: [{ name: 'dpkg', source: 'dpkg-src' }],
  });
  expect(sections.system.hostname).toBe('testhost');
});
