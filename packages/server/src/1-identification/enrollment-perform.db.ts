import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openAuthority } from '../platform/certificates/authority.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type AgentsWorld, createAgentsWorld } from './testing/agents-world.ts';
import { FakeAgent, forgedToken, refusalCodeOf } from './testing/fake-agent.ts';
import { addressed, inventory } from './testing/inventories.ts';

const REPORT = addressed(inventory());

describeWithDatabase('enrollment over mutual TLS', () => {
  let world: AgentsWorld;
  beforeAll(async () => {
    world = await createAgentsWorld();
  });
  afterAll(() => world.close());
  // Each test in a minute of its own: failures of one must not slow down the next.
  let minute = 0;
  beforeEach(() => {
    minute += 1;
    world.clock.now = testClock;
  });
  const testClock = () => Date.now() + minute * 60_000;

  function rows(assetId: string) {
    const { db } = world.database;
    return Promise.all([
      db.selectFrom('identification.asset').select('name').where('id', '=', assetId).execute(),
      db.selectFrom('identification.host_key').select('fingerprint').where('asset_id', '=', assetId).execute(),
      db.selectFrom('documentation.leaf').select(['kind', 'actor']).where('subject', '=', assetId).execute(),
    ]);
  }

  test('nobody is listened to before the first token, made by whichever server', async () => {
    expect(world.agents.port()).toBeUndefined();

    const token = await world.newToken();

    expect(token).toMatch(/^ps1\.[A-Za-z0-9_-]{43}\.[0-9a-f]{64}$/);
    expect(world.port()).toBeGreaterThan(0);
  });

  test('a token binds a new key to a new asset, in one change with its leaf', async () => {
    const token = await world.newToken();
    const agent = new FakeAgent(world.port(), 'web-1');
    const caPem = await agent.ca(token);

    const { status, body } = await agent.enroll(token);

    expect(status).toBe(200);
    expect(body.caPem).toBe(caPem);
    expect(body.nextPollMs).toBe(60_000);
    expect(new X509Certificate(body.certificatePem).subject).toBe(`CN=${body.assetId}`);
    const [assets, keys, leaves] = await rows(body.assetId);
    expect(assets).toEqual([{ name: 'web-1' }]);
    expect(keys).toHaveLength(1);
    expect(leaves).toEqual([{ kind: 'asset.enrolled', actor: `agent:${body.assetId}` }]);
  });

  test('a host whose answer was lost asks again and gets the same asset, even after the time of the token', async () => {
    const token = await world.newToken();
    const agent = new FakeAgent(world.port());
    const first = await agent.enroll(token);
    world.clock.now = () => testClock() + DAY_MS;

    const again = await new FakeAgent(world.port(), 'host-1', agent.privateKey).enroll(token);

    expect(again.status).toBe(200);
    expect(again.body.assetId).toBe(first.body.assetId);
    const [, keys, leaves] = await rows(first.body.assetId);
    expect([keys.length, leaves.length]).toEqual([1, 1]);
  });

  test('two hosts race for one token: exactly one wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const token = await world.newToken();
      const racers = Array.from({ length: 4 }, (_, place) => new FakeAgent(world.port(), `racer-${place}`));

      const answers = await Promise.all(racers.map((racer) => racer.enroll(token)));

      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ body }) => refusalCodeOf(body) === 'token-used')).toHaveLength(3);
    }
    const { db } = world.database;
    const bound = await db.selectFrom('identification.asset').select('id').where('name', 'like', 'racer-%').execute();
    expect(bound).toHaveLength(5);
  });

  test('one host that asks several times at once is bound once', async () => {
    const [one, other] = [await world.newToken(), await world.newToken()];
    const { privateKey } = generateKeyPairSync('ed25519');

    const tokens = [one, one, other, other, one];
    const answers = await Promise.all(
      tokens.map((token) => new FakeAgent(world.port(), 'twice', privateKey).enroll(token)),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.assetId)).size).toBe(1);
  });

  test.each([
    ['a token that nobody made', 'token-wrong', 403, async () => forgedToken(world.authority.fingerprint)],
    ['a token past its time', 'token-expired', 403, async () => expiredToken()],
    ['a revoked token', 'token-wrong', 403, async () => revokedToken()],
  ])('%s is refused', async (_, code, status, makeToken) => {
    const answer = await new FakeAgent(world.port()).enroll(await makeToken());

    expect([answer.status, refusalCodeOf(answer.body)]).toEqual([status, code]);
  });

  async function expiredToken(): Promise<string> {
    const token = await world.newToken(60_000);
    world.clock.now = () => testClock() + 60_001;
    return token;
  }

  async function revokedToken(): Promise<string> {
    const token = await world.newToken();
    const { db } = world.database;
    const revoked = db
      .updateTable('identification.enrollment_token')
      .set((row) => ({ revoked_at: row.ref('created_at') }));
    await revoked.where('used_at', 'is', null).execute();
    return token;
  }

  test.each([
    ['a proof by another key', () => ({ proof: new FakeAgent(0).proof('c2VjcmV0') }), 'proof-wrong'],
    ['a key that is none', () => ({ publicKeyPem: 'hello' }), 'proof-wrong'],
    ['an unknown field', () => ({ roles: ['admin'] }), 'bad-request'],
    ['a host name with U+0000', () => ({ hostname: 'a\0b' }), 'bad-request'],
    ['no proof', () => ({ proof: undefined }), 'bad-request'],
  ])('%s is refused, and the token stays open', async (_, more, code) => {
    const token = await world.newToken();
    const agent = new FakeAgent(world.port());

    const refused = await agent.enroll(token, more());

    expect(refusalCodeOf(refused.body)).toBe(code);
    expect((await agent.enroll(token)).status).toBe(200);
  });

  test('a key that is bound comes back with a new token as the same asset, and uses it up', async () => {
    const agent = await world.enrolled('comes-back');
    const token = await world.newToken();

    const again = await new FakeAgent(world.port(), 'comes-back', agent.privateKey).enroll(token);
    const other = await new FakeAgent(world.port()).enroll(token);

    expect(again.body.assetId).toBe(agent.identity?.assetId);
    expect(refusalCodeOf(other.body)).toBe('token-used');
  });

  test('guessing is slowed down, enrolling is not', async () => {
    const token = await world.newToken();
    const guesser = new FakeAgent(world.port());
    for (let guess = 0; guess < 20; guess += 1) await guesser.enroll(forgedToken(world.authority.fingerprint));

    const answer = await guesser.enroll(token);

    expect([answer.status, refusalCodeOf(answer.body)]).toEqual([429, 'rate-limited']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('a revoked key is refused everywhere, from the next request on', async () => {
    const agent = await world.enrolled();
    const spare = await world.newToken();
    await world.database.db
      .updateTable('identification.host_key')
      .set((row) => ({ revoked_at: row.ref('bound_at') }))
      .where('asset_id', '=', agent.identity?.assetId ?? '')
      .execute();

    const answers = [
      await agent.checkIn(REPORT),
      await agent.send('system', REPORT.system),
      await agent.renew(),
      await agent.enroll(spare),
    ];

    expect(answers.map(({ status, body }) => [status, refusalCodeOf(body)])).toEqual(
      answers.map(() => [403, 'agent-revoked']),
    );
  });

  test('a host that slept past its certificate renews it, and does nothing else with it', async () => {
    const agent = await world.enrolled();
    world.clock.now = () => testClock() + 8 * DAY_MS;
    const late = await agent.checkIn(REPORT);

    const renewed = await agent.renew();
    world.clock.now = testClock;
    agent.use({ ...renewed.body, assetId: agent.identity?.assetId ?? '' });

    expect([late.status, refusalCodeOf(late.body)]).toEqual([401, 'certificate-expired']);
    expect(renewed.status).toBe(200);
    expect((await agent.checkIn(REPORT)).status).toBe(200);
  });

  test('a certificate is renewed for the key of the connection alone', async () => {
    const agent = await world.enrolled();

    const answer = await agent.renew(new FakeAgent(0).publicKeyPem);

    expect([answer.status, refusalCodeOf(answer.body)]).toEqual([400, 'bad-request']);
  });

  test.each([
    ['no certificate', async () => new FakeAgent(world.port())],
    ['a certificate that is not of this server', foreignAgent],
    ['a certificate of ours over a key that is bound to nothing', unboundAgent],
  ])('with %s nobody reports', async (_, makeAgent) => {
    const answer = await (await makeAgent()).checkIn(REPORT);

    expect([answer.status, refusalCodeOf(answer.body)]).toEqual([401, 'agent-unknown']);
  });

  async function unboundAgent(): Promise<FakeAgent> {
    const agent = new FakeAgent(world.port());
    const certificatePem = await world.authority.issueAgent(createPublicKey(agent.privateKey), 'nobody', Date.now());
    agent.use({ assetId: 'nobody', certificatePem, caPem: world.authority.certificatePem });
    return agent;
  }

  /** The key is bound here, its certificate comes from elsewhere: neither alone is enough. */
  async function foreignAgent(): Promise<FakeAgent> {
    const agent = await world.enrolled();
    const directory = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    const elsewhere = await openAuthority(directory, Date.now());
    await rm(directory, { recursive: true });
    const certificatePem = await elsewhere.issueAgent(createPublicKey(agent.privateKey), 'nobody', Date.now());
    agent.use({ assetId: 'nobody', certificatePem, caPem: world.authority.certificatePem });
    return agent;
  }

  test('the console is not served here', async () => {
    const agent = await world.enrolled();

    const answer = await agent.call({ method: 'GET', path: '/api/v1/assets' });

    expect([answer.status, refusalCodeOf(answer.body)]).toEqual([404, 'not-found']);
  });
});
