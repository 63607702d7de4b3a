import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorCode } from '@patchsteward/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enrollHost } from './enroll.ts';
import { parseToken } from './enrollment-token.ts';
import { publicKeyPemOf } from './key.ts';
import { parseAddress } from './server-address.ts';
import { type Identity, StateDirectory } from './state.ts';
import { makeTestCa } from './testing/test-ca.ts';
import { type Fault, TestServer } from './testing/test-server.ts';
import { testSurroundings } from './testing/test-surroundings.ts';

const FACTS = { hostname: 'testhost', machineId: null, architecture: 'amd64' };
const ca = await makeTestCa();

let server: TestServer;
let state: StateDirectory;

beforeEach(async () => {
  server = await TestServer.start(ca);
  state = await StateDirectory.open(await mkdtemp(join(tmpdir(), 'patchsteward-enroll-')));
});

afterEach(async () => {
  await server.stop();
  await rm(state.path, { recursive: true });
});

async function enroll(token = server.token): Promise<Identity> {
  const [address, parsed] = [parseAddress(server.address), parseToken(token)];
  if (address === null || parsed === null) throw new Error('the test names no server or token');
  return enrollHost({ address, token: parsed, facts: FACTS, state }, testSurroundings());
}

test('a host makes its key, proves it, and keeps who it is', async () => {
  const identity = await enroll();

  const key = await state.loadKey();
  expect(await state.loadIdentity()).toEqual(identity);
  expect(identity).toMatchObject({ assetId: '01990000-0000-7000-8000-000000000001', caPem: ca.caPem });
  expect([...server.keys]).toEqual([publicKeyPemOf(key ?? '')]);
  expect(server.calls).toEqual(['GET /agent/v1/ca', 'POST /agent/v1/enroll']);
});

test('a server with another CA than the token names is not told the secret', async () => {
  const other = await TestServer.start(await makeTestCa());
  const address = parseAddress(other.address);
  const token = parseToken(server.token);
  if (address === null || token === null) throw new Error('the test names no server or token');

  const enrolling = enrollHost({ address, token, facts: FACTS, state }, testSurroundings());

  await expect(enrolling).rejects.toMatchObject({ code: 'wrong-server' });
  expect(other.calls).toEqual(['GET /agent/v1/ca']);
  expect(await state.loadIdentity()).toBeNull();
  await other.stop();
});

test('a server that shows the right CA without having its key is not told the secret', async () => {
  const impostor = await TestServer.start({ ...ca, server: (await makeTestCa()).server });
  const address = parseAddress(impostor.address);
  const token = parseToken(impostor.token);
  if (address === null || token === null) throw new Error('the test names no server or token');

  const enrolling = enrollHost({ address, token, facts: FACTS, state }, testSurroundings());

  await expect(enrolling).rejects.toMatchObject({ foreign: true });
  expect(impostor.calls).toEqual(['GET /agent/v1/ca']);
  await impostor.stop();
});

test('a certificate of the right CA for another name is not the server', async () => {
  const named = await makeTestCa('another-name');
  const impostor = await TestServer.start(named);
  const address = parseAddress(impostor.address);
  const token = parseToken(impostor.token);
  if (address === null || token === null) throw new Error('the test names no server or token');

  const enrolling = enrollHost({ address, token, facts: FACTS, state }, testSurroundings());

  await expect(enrolling).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  await impostor.stop();
});

describe('what may pass by itself is tried again, with the same key', () => {
  test.each<[string, Fault[]]>([
    ['the answer was lost', [null, 'answer-lost']],
    ['the answer was cut', [null, 'answer-truncated']],
    ['the CA was not answered', ['answer-lost']],
    [
      'the server is starting',
      [{ refuse: 'shutting-down' }, null, { refuse: 'database-gone' }, { refuse: 'internal' }],
    ],
    ['too many at once', [null, { refuse: 'rate-limited' }]],
    ['a proxy answered', [null, 'answer-not-json']],
  ])('%s', async (_, faults) => {
    server.faults.push(...faults);

    const identity = await enroll();

    expect(await state.loadIdentity()).toEqual(identity);
    expect(server.keys.size).toBe(1);
  });
});

test('after a crash between question and answer, the same host comes back', async () => {
  server.faults.push(null, 'answer-lost', 'answer-lost', 'answer-lost', 'answer-lost', 'answer-lost');
  await expect(enroll()).rejects.toMatchObject({ code: 'ECONNRESET' });
  server.faults.length = 0;

  const identity = await enroll();

  expect(server.keys.size).toBe(1);
  expect(identity.assetId).toBe('01990000-0000-7000-8000-000000000001');
});

test.each<ErrorCode>(['token-wrong', 'token-used', 'token-expired', 'proof-wrong'])(
  '%s is not tried again',
  async (code) => {
    server.faults.push(null, { refuse: code });

    await expect(enroll()).rejects.toMatchObject({
      code,
      requestId: 'request-1',
      whatToDo: expect.stringMatching(/enroll/),
    });
    expect(server.calls).toHaveLength(2);
    expect(await state.loadIdentity()).toBeNull();
  },
);

test.each<[Fault, string]>([
  ['answer-strange', 'answer-not-understood'],
  ['answer-endless', 'answer-too-large'],
])('%s is no enrollment', async (fault, code) => {
  server.faults.push(null, fault, fault, fault, fault, fault);

  await expect(enroll()).rejects.toMatchObject({ code });
  expect(await state.loadIdentity()).toBeNull();
});

test('a host that is enrolled is not enrolled again by accident', async () => {
  await enroll();

  await expect(enroll()).rejects.toMatchObject({ code: 'already-enrolled' });
});
